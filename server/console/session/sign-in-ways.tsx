import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { providerAddress, signInAsDemo, type SignInOptions } from '../api/session.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { PasswordForm } from './password-form.js';

interface SignInWaysOptions {
  options: SignInOptions;
  /** A path of this console. */
  next: string;
  onSignedIn: () => Promise<void>;
  /** Who proves again who they are; left out for whoever comes. */
  again?: string;
}

/** The identity provider, an account of this installation, and the identities of the demonstration. */
export function SignInWays({ options, next, onSignedIn, again }: SignInWaysOptions) {
  const { local, oidc, demo } = options;
  const people = again === undefined ? demo : demo.filter(({ id }) => id === again);
  if (!local && oidc === null && people.length === 0)
    return (
      <p>
        Nobody can sign in here: passwords and sessions do not cross the network in the open. Put a proxy with TLS
        before the api and set ASSAY_PUBLIC_URL to its https address.
      </p>
    );
  return (
    <div className="stack">
      {oidc !== null && (
        <Button component="a" size="md" className="act" href={providerAddress(next, { again: again !== undefined })}>
          Sign in with {oidc.label}
        </Button>
      )}
      {local && people.length === 0 && <PasswordForm account={again} onSignedIn={onSignedIn} />}
      {people.length > 0 && <DemoWays people={people} onSignedIn={onSignedIn} />}
      {local && people.length > 0 && (
        <details>
          <summary>Sign in with an account of this installation</summary>
          <PasswordForm account={again} onSignedIn={onSignedIn} />
        </details>
      )}
    </div>
  );
}

function DemoWays({ people, onSignedIn }: { people: SignInOptions['demo']; onSignedIn: () => Promise<void> }) {
  const signIn = useMutation({ mutationFn: signInAsDemo, onSuccess: onSignedIn });
  return (
    <div className="demo-ways">
      <p>
        <span className="demo-mark">demo</span> These people exist only under <code>assay dev</code>. Anybody at this
        machine can sign in as them.
      </p>
      <div className="stack tight">
        {people.map(({ id, displayName }) => (
          <Button
            key={id}
            variant="default"
            size="md"
            onClick={() => signIn.mutate(id)}
            loading={signIn.isPending && signIn.variables === id}
          >
            {displayName}
          </Button>
        ))}
      </div>
      {signIn.error !== null && <ProblemAlert error={signIn.error} title="You are not signed in" />}
    </div>
  );
}

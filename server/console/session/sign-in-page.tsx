import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { signInOptionsQuery } from '../api/session.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { CodeForm } from './code-form.js';
import { forgetAll } from './forget.js';
import { SignInWays } from './sign-in-ways.js';

/** The ways to say who one is. What was asked for before opens afterwards. */
export function SignInPage() {
  const { next = '/' } = useSearch({ from: '/sign-in' });
  const { data: options, error } = useQuery(signInOptionsQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const goOn = async (): Promise<void> => {
    await forgetAll(queries);
    await navigate({ to: next, replace: true });
  };
  return (
    <Page title="Sign in">
      {next !== '/' && <p className="note">Afterwards you come to what you opened.</p>}
      {error !== null && <ProblemAlert error={error} title="The console cannot reach the api" />}
      {options !== undefined && (
        <div className="card narrow">
          <SignInWays options={options} next={next} onSignedIn={goOn} />
        </div>
      )}
      {options?.local === true && <CodeForm isFirst={options.needsFirstAdmin} />}
    </Page>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { confirmDevice, lookAtDevice } from '../api/account.js';
import { InertText } from '../parts/inert-text.js';
import { absolute } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { SignedIn } from '../session/signed-in.js';

/** Lets a device in that shows a code: a person looks at what asks, and says yes or no. */
export function DevicePage() {
  return (
    <SignedIn>
      {(viewer) => (
        <Page title="Let a device in">
          <div className="card narrow">
            <Confirming displayName={viewer.displayName} />
          </div>
        </Page>
      )}
    </SignedIn>
  );
}

function Confirming({ displayName }: { displayName: string }) {
  const { code = '' } = useSearch({ from: '/device' });
  const [userCode, setUserCode] = useState(code);
  const look = useMutation({ mutationFn: () => lookAtDevice(userCode.trim()) });
  const confirm = useMutation({ mutationFn: (deny: boolean) => confirmDevice(userCode.trim(), deny) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    look.mutate();
  };
  if (confirm.isSuccess)
    return (
      <p role="status">
        {confirm.variables ? 'It was not let in.' : 'It is let in, and goes on by itself.'} You can close this page.
      </p>
    );
  return (
    <div className="stack">
      <form onSubmit={submit} className="stack">
        <TextInput
          label="Code"
          description="As the device shows it. Confirm no code that somebody sent you."
          value={userCode}
          onChange={({ currentTarget }) => (setUserCode(currentTarget.value), look.reset())}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
        />
        <Button type="submit" variant="default" size="md" loading={look.isPending}>
          Look at it
        </Button>
      </form>
      {look.error !== null && <ProblemAlert error={look.error} title="There is no such device" />}
      {look.data !== undefined && (
        <div className="stack">
          <p>
            <strong>
              <InertText>{look.data.label}</InertText>
            </strong>{' '}
            asks to act for you, {displayName}, with leave to {look.data.scopes.join(', ')}. It asked on{' '}
            {absolute(look.data.createdAt)}. The name is its own word.
          </p>
          {confirm.error !== null && <ProblemAlert error={confirm.error} title="Nothing was confirmed" />}
          <Button className="act" size="md" onClick={() => confirm.mutate(false)} loading={confirm.isPending}>
            It is mine: let it in
          </Button>
          <Button variant="default" size="md" onClick={() => confirm.mutate(true)} disabled={confirm.isPending}>
            It is not mine
          </Button>
        </div>
      )}
    </div>
  );
}

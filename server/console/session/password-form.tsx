import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { signInLocally } from '../api/session.js';
import { ProblemAlert } from '../parts/problem-alert.js';

/** Account and password. `account` is given where somebody proves again who they are. */
export function PasswordForm({
  account,
  onSignedIn,
}: {
  account?: string | undefined;
  onSignedIn: () => Promise<void>;
}) {
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => signInLocally({ account: account ?? typed.trim(), password }),
    onSuccess: onSignedIn,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A form inside a form's dialog must not send that one too.
    event.stopPropagation();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      {account === undefined && (
        <TextInput
          label="Account"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          required
        />
      )}
      <PasswordInput
        label="Password"
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        autoComplete="current-password"
        required
      />
      {signIn.error !== null && <ProblemAlert error={signIn.error} title="You are not signed in" />}
      <Button type="submit" size="md" className="act" loading={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}

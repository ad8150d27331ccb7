import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { wordsOf } from '../api/problem.js';
import { whoamiQuery } from '../api/queries.js';
import { holdToken } from '../api/token.js';
import { Page } from '../parts/page.js';

/** The ways to say who one is. What was asked for before opens afterwards. */
export function SignInPage() {
  return (
    <Page title="Sign in">
      <div className="card narrow">
        <TokenForm />
      </div>
    </Page>
  );
}

function TokenForm() {
  const [token, setToken] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/sign-in' });
  const signIn = useMutation({
    mutationFn: () => {
      holdToken(token.trim());
      return queries.fetchQuery({ ...whoamiQuery, staleTime: 0 });
    },
    onSuccess: () => navigate({ to: next ?? '/', replace: true }),
    onError: () => holdToken(null),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <PasswordInput
        label="API token"
        description="Kept in this page's memory only, and forgotten when it is closed."
        value={token}
        onChange={({ currentTarget }) => setToken(currentTarget.value)}
        error={signIn.error === null ? undefined : wordsOf(signIn.error)}
        autoComplete="off"
        required
      />
      <Button type="submit" size="md" loading={signIn.isPending} className="act">
        Sign in
      </Button>
    </form>
  );
}

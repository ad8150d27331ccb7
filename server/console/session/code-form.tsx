import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answerOf, api } from '../api/client.js';
import { ProblemAlert } from '../parts/problem-alert.js';

/** With a one-time code: the first admin of an installation, or a password for an account that has none. */
export function CodeForm({ isFirst }: { isFirst: boolean }) {
  return (
    <details className="card narrow" open={isFirst}>
      <summary>
        {isFirst ? 'Become the first admin, with a one-time code' : 'Set a password with a one-time code'}
      </summary>
      <Fields isFirst={isFirst} />
    </details>
  );
}

function Fields({ isFirst }: { isFirst: boolean }) {
  const [said, setSaid] = useState({ code: '', account: '', displayName: '', password: '' });
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: async (): Promise<string> => {
      const { code, account, displayName, password } = said;
      const { principal } = isFirst
        ? await answerOf(api.POST('/v1/auth/bootstrap', { body: { code, account, displayName, password } }))
        : await answerOf(api.POST('/v1/auth/code', { body: { code, password } }));
      return principal;
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate();
  };
  const field = (name: keyof typeof said) => ({
    value: said[name],
    required: true,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setSaid({ ...said, [name]: currentTarget.value }),
  });
  if (set.data !== undefined) return <p role="status">The password of {set.data} is set. Sign in with it.</p>;
  return (
    <form onSubmit={submit} className="stack">
      <TextInput
        label="Code"
        description="From an admin, or from the log of the first start."
        {...field('code')}
        autoComplete="one-time-code"
      />
      {isFirst && <TextInput label="Account" {...field('account')} autoComplete="username" autoCapitalize="none" />}
      {isFirst && <TextInput label="Your name" {...field('displayName')} autoComplete="name" />}
      <PasswordInput
        label="New password"
        description="At least 12 characters."
        {...field('password')}
        autoComplete="new-password"
      />
      {set.error !== null && <ProblemAlert error={set.error} title="It was not set" />}
      <Button type="submit" variant="default" loading={set.isPending}>
        Set
      </Button>
    </form>
  );
}

import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { createToken } from '../api/account.js';
import { Digest } from '../parts/digest.js';
import { ProblemAlert } from '../parts/problem-alert.js';

const SCOPES = [
  { scope: 'read', label: 'read' },
  { scope: 'write', label: 'start and change runs' },
  { scope: 'approve', label: 'sign in your name' },
] as const;
type Scope = (typeof SCOPES)[number]['scope'];
const DAYS = ['7', '30', '90', '365'];

/** Makes a token and shows it this once. */
export function CreateToken() {
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('30');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => createToken({ label: label.trim(), scopes: [...scopes], expiresInDays: Number(days) }),
    onSuccess: () => {
      setLabel('');
      return queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <>
      <h3>New token</h3>
      <form onSubmit={submit} className="stack narrow-form">
        <TextInput
          label="What it is for"
          value={label}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          required
        />
        <fieldset className="plain-fieldset">
          <legend>It may</legend>
          {SCOPES.map(({ scope, label: words }) => (
            <Checkbox
              key={scope}
              label={words}
              checked={scopes.includes(scope)}
              onChange={({ currentTarget }) =>
                setScopes(currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
          ))}
        </fieldset>
        <NativeSelect
          label="For so many days"
          data={DAYS}
          value={days}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        {create.error !== null && <ProblemAlert error={create.error} title="No token was made" />}
        <Button
          type="submit"
          className="act"
          size="md"
          loading={create.isPending}
          disabled={scopes.length === 0 || label.trim() === ''}
        >
          Make the token
        </Button>
      </form>
      {create.data !== undefined && (
        <div className="bound-digest" role="status">
          <span>This is “{create.data.label}”. Copy it now: it is shown this once.</span>
          <Digest of={create.data.token} what="the token" isWhole />
        </div>
      )}
    </>
  );
}

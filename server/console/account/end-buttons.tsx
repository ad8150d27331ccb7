import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { endSession, revokeToken } from '../api/account.js';

/** Ends another session of the viewer's. */
export function EndSession({ id }: { id: string }) {
  const queries = useQueryClient();
  const end = useMutation({ mutationFn: () => endSession(id), onSettled: () => queries.invalidateQueries() });
  return (
    <Button size="xs" variant="default" onClick={() => end.mutate()} loading={end.isPending}>
      End
    </Button>
  );
}

/** Revokes a token: from the next request on it opens nothing. */
export function RevokeToken({ id, label }: { id: string; label: string }) {
  const queries = useQueryClient();
  const revoke = useMutation({ mutationFn: () => revokeToken(id), onSettled: () => queries.invalidateQueries() });
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => revoke.mutate()}
      loading={revoke.isPending}
      aria-label={`Revoke ${label}`}
    >
      Revoke
    </Button>
  );
}

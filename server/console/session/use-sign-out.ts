import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut } from '../api/session.js';
import { forgetAll } from './forget.js';

/** Ends the session, and forgets all that was read in it. */
export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await forgetAll(queries);
      await navigate({ to: '/sign-in' });
    },
  });
}

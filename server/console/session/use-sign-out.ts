import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { holdToken } from '../api/token.js';

/** Forgets who was signed in, and all that they have read. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    holdToken(null);
    queries.clear();
    void navigate({ to: '/sign-in' });
  };
}

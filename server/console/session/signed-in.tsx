import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { isSignedOut } from '../api/problem.js';
import { whoamiQuery, type Whoami } from '../api/queries.js';
import { ProblemAlert } from '../parts/problem-alert.js';

/** Shows a page to whoever is signed in; others sign in first and come back to where they were going. */
export function SignedIn({ children }: { children: (viewer: Whoami) => ReactNode }) {
  const { data, error } = useQuery(whoamiQuery);
  const router = useRouter();
  const mustSignIn = isSignedOut(error);
  useEffect(() => {
    if (!mustSignIn) return;
    const { href } = router.state.location;
    void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true });
  }, [mustSignIn, router]);
  if (mustSignIn) return null;
  if (data !== undefined) return children(data);
  if (error !== null) return <ProblemAlert error={error} title="The console cannot reach the api" />;
  return <Loader aria-label="Loading" />;
}

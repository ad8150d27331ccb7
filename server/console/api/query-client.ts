import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

const MOST_TRIES = 2;

/** Whether asking again may help: the api was away or busy. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** What was read from the api. Events say when it is out of date; a page that comes back into view looks again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => count < MOST_TRIES && isPassing(error), staleTime: 5_000 },
    mutations: { retry: false },
  },
});

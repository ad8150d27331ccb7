import type { QueryClient } from '@tanstack/react-query';
import { whoamiQuery } from '../api/queries.js';

const isAboutViewer = ([name]: readonly unknown[]): boolean => name === whoamiQuery.queryKey[0];

/** Forgets all that was read: another person may look next. What shows who is signed in goes on watching. */
export async function forgetAll(queries: QueryClient): Promise<void> {
  queries.removeQueries({ predicate: ({ queryKey }) => !isAboutViewer(queryKey) });
  await queries.resetQueries({ queryKey: whoamiQuery.queryKey });
}

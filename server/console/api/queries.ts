import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api } from './client.js';

export type Approval = components['schemas']['Approval'];
export type Comparison = components['schemas']['Comparison'];
export type TaskComparison = Comparison['tasks'][number];
export type Task = components['schemas']['Task'];
export type TaskSummary = components['schemas']['TaskSummary'];
export type Whoami = components['schemas']['Whoami'];

/** Who is signed in. */
export const whoamiQuery = queryOptions({
  queryKey: ['whoami'],
  queryFn: () => answerOf(api.GET('/v1/whoami')),
  staleTime: 60_000,
});

const PAGE = 50;

/** What people are asked: what waits for the viewer, or all that is open; a page, and the ones after it. */
export const tasksQuery = (waitingFor: 'me' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['tasks', waitingFor],
    queryFn: ({ pageParam }) => {
      const query = {
        state: 'open' as const,
        waitingFor,
        limit: PAGE,
        ...(pageParam !== null && { cursor: pageParam }),
      };
      return answerOf(api.GET('/v1/tasks', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['task', id],
    queryFn: () => answerOf(api.GET('/v1/tasks/{id}', { params: { path: { id } } })),
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approval', id],
    queryFn: () => answerOf(api.GET('/v1/approvals/{id}', { params: { path: { id } } })),
  });

/** Made of evidence, which never changes; only what serves now does. */
export const comparisonQuery = (id: string) =>
  queryOptions({
    queryKey: ['comparison', id],
    // The client's types make lists of pairs; the document says that they are pairs.
    queryFn: async () =>
      (await answerOf(api.GET('/v1/approvals/{id}/comparison', { params: { path: { id } } }))) as Comparison,
    staleTime: 60_000,
  });

import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api } from './client.js';

export type Approval = components['schemas']['Approval'];
export type ApprovalSummary = components['schemas']['ApprovalSummary'];
export type Whoami = components['schemas']['Whoami'];

/** Who is signed in. */
export const whoamiQuery = queryOptions({
  queryKey: ['whoami'],
  queryFn: () => answerOf(api.GET('/v1/whoami')),
  staleTime: 60_000,
});

/** The open requests of a project. */
export const openApprovalsQuery = (project: string) =>
  queryOptions({
    queryKey: ['approvals', project],
    queryFn: () => answerOf(api.GET('/v1/approvals', { params: { query: { project, state: 'open' } } })),
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approval', id],
    queryFn: () => answerOf(api.GET('/v1/approvals/{id}', { params: { path: { id } } })),
  });

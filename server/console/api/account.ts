import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api } from './client.js';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answerOf(api.GET('/v1/sessions')),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => answerOf(api.GET('/v1/tokens')),
});

export const endSession = (id: string) => answerOf(api.POST('/v1/sessions/{id}/end', { params: { path: { id } } }));

export const revokeToken = (id: string) => answerOf(api.POST('/v1/tokens/{id}/revoke', { params: { path: { id } } }));

export const createToken = (body: components['schemas']['CreateToken']) => answerOf(api.POST('/v1/tokens', { body }));

/** What waits under a code. */
export const lookAtDevice = (userCode: string) => answerOf(api.POST('/v1/auth/device/look', { body: { userCode } }));

export const confirmDevice = (userCode: string, deny: boolean) =>
  answerOf(api.POST('/v1/auth/device/confirm', { body: { userCode, deny } }));

import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api } from './client.js';

export type SignInOptions = components['schemas']['SignInOptions'];

/** How people sign in here. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: () => answerOf(api.GET('/v1/auth/options')),
});

export const signInLocally = (body: components['schemas']['LocalSignIn']) =>
  answerOf(api.POST('/v1/auth/local', { body }));

export const signInAsDemo = (principal: string) => answerOf(api.POST('/v1/auth/demo', { body: { principal } }));

export const signOut = () => answerOf(api.POST('/v1/auth/sign-out', {}));

/** Where the identity provider asks who somebody is; it leads back to this page. */
export const providerAddress = (next: string, { again = false }: { again?: boolean } = {}): string =>
  `/auth/oidc/start?${new URLSearchParams({ next, ...(again && { reauthenticate: '1' }) }).toString()}`;

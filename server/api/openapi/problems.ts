import type { Route } from '../route.js';
import type { JsonSchema } from './components.js';

/** What each status says of a request that was not done. */
const PROBLEMS = {
  400: 'The body is not JSON.',
  401: 'No valid token or session was sent.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or it belongs to a project in which the caller has no part.',
  409: 'It does not fit the present state, or the key already stands for another request.',
  413: 'The body is larger than 2 MB.',
  415: 'The body was not sent as `application/json`.',
  422: 'The request was not understood; `issues` names each field.',
  429: 'Too much was tried from this address, or at this account.',
} as const;
type ProblemStatus = keyof typeof PROBLEMS;

const WITH_RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };

/** The problems as shared responses, and one for whatever goes wrong inside. */
export function problemResponses(schema: JsonSchema): Record<string, JsonSchema> {
  const content = { 'application/problem+json': { schema } };
  const responses = Object.entries(PROBLEMS).map(([status, description]) => [
    `problem${status}`,
    { description, content, ...(status === '429' && { headers: WITH_RETRY_AFTER }) },
  ]);
  const inside = { description: 'Something went wrong inside: the log has more under the `requestId`.', content };
  return { ...Object.fromEntries(responses), problem: inside };
}

/** What can go wrong with an operation, which follows from what it takes and from whom. */
export function problemsOf({ method, path, request, roles }: Route): Record<string, JsonSchema> {
  const isAboutProject = path.includes(':') || (request?.query !== undefined && 'project' in request.query.shape);
  const changes = method !== 'get';
  const statuses: ProblemStatus[] = [
    401,
    422,
    429,
    ...(isAboutProject ? ([404] as const) : []),
    ...(isAboutProject || roles !== undefined ? ([403] as const) : []),
    ...(changes ? ([409] as const) : []),
    ...(request?.body === undefined ? [] : ([400, 413, 415] as const)),
  ];
  return {
    ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/problem${status}` }])),
    default: { $ref: '#/components/responses/problem' },
  };
}

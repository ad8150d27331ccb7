import { z } from 'zod';
import { DIGEST_PATTERN, EXAMPLE_DIGEST } from '../../../domain/api/fields.js';
import { NAME_PATTERN } from '../../../domain/kernel/units/name.js';
import type { Route } from '../route.js';
import type { JsonSchema } from './components.js';

/** What a parameter of a path names, by the collection before it; `pattern` where it has one form only. */
const NAMED: Record<string, { description: string; example: string; pattern?: string }> = {
  runs: { description: "A run's id.", example: 'run-1' },
  approvals: { description: "An approval request's id.", example: 'run-1-release' },
  models: { description: 'A version’s id, or the name of a model.', example: 'email-triage@1' },
  aliases: { description: "An alias's name.", example: 'email-triage' },
  sessions: { description: "A session's id.", example: '0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a' },
  tokens: { description: "A token's id.", example: '0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a' },
  principals: { description: 'The id of a person or a service.', example: 'ruth' },
  webhooks: { description: "A webhook's id.", example: 'webhook-1' },
  channels: { description: "A channel's id.", example: 'email-1' },
  deliveries: {
    description: 'The id of a message: its `webhook-id`, or its Message-ID.',
    example: '0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a',
  },
  prompts: { description: 'The name of a prompt, or one of its versions.', example: 'email-triage' },
  delegations: { description: "A delegation's id.", example: 'delegation-1' },
  evidence: { description: 'The digest of the fact.', example: EXAMPLE_DIGEST, pattern: DIGEST_PATTERN },
};

const OF_NAMES: Record<string, string> = { name: NAME_PATTERN.source, alias: NAME_PATTERN.source };

/** The parameters of a path and of a query. */
export const parametersOf = (route: Route): JsonSchema[] => [...pathParameters(route), ...queryParameters(route)];

/** `/v1/runs/:id` as OpenAPI writes it. */
export const openApiPath = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

function pathParameters({ path }: Route): JsonSchema[] {
  const segments = path.split('/');
  return segments.flatMap((segment, at) => {
    if (!segment.startsWith(':')) return [];
    const name = segment.slice(1);
    const { pattern = OF_NAMES[name], ...described } = NAMED[segments[at - 1] ?? ''] ?? {};
    const schema = { type: 'string', ...(pattern !== undefined && { pattern }) };
    return [{ name, in: 'path', required: true, ...described, schema }];
  });
}

function queryParameters({ request }: Route): JsonSchema[] {
  if (request?.query === undefined) return [];
  // Text becomes numbers on its way in: what comes out says more than what goes in.
  const { properties = {} } = z.toJSONSchema(request.query, { io: 'output' });
  const { required = [] } = z.toJSONSchema(request.query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(name === 'project' && { description: 'May be left out where the caller has a part in only one project.' }),
    schema,
  }));
}

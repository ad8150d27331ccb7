import { z } from 'zod';
import type { Route } from '../route.js';
import type { JsonSchema } from './components.js';

/** What a parameter of a path names, by the collection before it. */
const NAMED: Record<string, { description: string; example: string }> = {
  runs: { description: "A run's id.", example: 'run-1' },
  approvals: { description: "An approval request's id.", example: 'run-1-release' },
  models: { description: 'A version’s id, or the name of a model.', example: 'email-triage-1' },
  aliases: { description: "An alias's name.", example: 'email-triage' },
  webhooks: { description: "A webhook's id.", example: 'webhook-1' },
  deliveries: {
    description: 'The `webhook-id` of a message.',
    example: '0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a',
  },
  evidence: { description: 'The digest of the fact.', example: `sha256:${'0'.repeat(64)}` },
};

/** The parameters of a path and of a query. */
export const parametersOf = (route: Route): JsonSchema[] => [...pathParameters(route), ...queryParameters(route)];

/** `/v1/runs/:id` as OpenAPI writes it. */
export const openApiPath = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

function pathParameters({ path }: Route): JsonSchema[] {
  const segments = path.split('/');
  return segments.flatMap((segment, at) =>
    segment.startsWith(':')
      ? [
          {
            name: segment.slice(1),
            in: 'path',
            required: true,
            ...NAMED[segments[at - 1] ?? ''],
            schema: { type: 'string' },
          },
        ]
      : [],
  );
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

import { ONE_PRINTABLE_LINE } from '../../../domain/api/fields.js';
import { problemSchema } from '../../../domain/api/problem.js';
import type { Route, RouteAnswer } from '../route.js';
import { createComponents, type Components, type JsonSchema } from './components.js';
import { openApiPath, parametersOf } from './parameters.js';
import { problemsOf, problemResponses } from './problems.js';
import { webhookOperation } from './webhook-operation.js';

const DESCRIPTION =
  'Everything that the command line does goes through this api. Send a token as `Authorization: Bearer assay_…`; pages ' +
  'send the cookie of a session. ' +
  'Every answer from 400 on is a problem (RFC 9457) with a stable `code`. Every POST that keeps no secret takes an `Idempotency-Key`.';

const TAGS: Record<Route['tag'], string> = {
  account: 'Who is asking: sign-in, sessions, tokens, people and their roles.',
  runs: 'Runs of lifecycles.',
  approvals: 'What people are asked to sign.',
  tasks: 'Every question to a person, in one inbox: who is asked, until when, and what was answered.',
  models: 'Versions of models, and what is known of them.',
  prompts: 'Prompts as authors keep them: versions, and names for versions.',
  traffic: 'Where aliases point, and what their answers should have been.',
  evidence: 'The audit log, and the facts that everything rests on.',
  operations: 'Notifications, webhooks and other things of the installation.',
};

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, JsonSchema>>;
  [key: string]: unknown;
}

/** The OpenAPI 3.1 document of a table of routes. @throws TypeError where an entry does not say enough */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const components = createComponents();
  const problem = components.refer(problemSchema, { as: 'answered', where: 'a problem' });
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const item = (paths[openApiPath(route.path)] ??= {});
    item[route.method] = operationOf(route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Assay', version, description: DESCRIPTION },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: { event: { post: webhookOperation(components) } },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the api, `assay_` and 43 characters.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-assay',
          description: 'Of a person who has signed in. What changes something has to come from a page of the api.',
        },
      },
      parameters: { idempotencyKey: IDEMPOTENCY_KEY },
      responses: problemResponses(problem),
      schemas: Object.fromEntries(Object.entries(components.schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request has one effect and the same answer, for at least a day.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: ONE_PRINTABLE_LINE },
  example: '6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11',
};

function operationOf(route: Route, components: Components): JsonSchema {
  const { operationId, tag, summary, request, answers } = route;
  const isKeyed = route.method === 'post' && route.keepsNoAnswer !== true;
  const parameters = [...parametersOf(route), ...(isKeyed ? [{ $ref: '#/components/parameters/idempotencyKey' }] : [])];
  const description = [route.description, rolesLine(route), scopeLine(route)]
    .filter((line) => line !== undefined)
    .join(' ');
  const where = (what: string): string => `${what} of ${operationId}`;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(route.isPublic === true && { security: [] }),
    ...(description !== '' && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(request?.body !== undefined && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: components.refer(request.body, { as: 'asked', where: where('the body') }) },
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          responseOf(answer, components, where(`the answer ${status}`)),
        ]),
      ),
      ...problemsOf(route),
    },
  };
}

const rolesLine = ({ roles }: Route): string | undefined =>
  roles === undefined ? undefined : `Needs the role ${roles.join(' or ')} in the project.`;

const scopeLine = ({ scope }: Route): string | undefined =>
  scope === undefined ? undefined : `A token needs the scope \`${scope}\`.`;

function responseOf({ description, schema, alsoAs = [] }: RouteAnswer, components: Components, where: string) {
  if (schema === undefined) return { description };
  const json = { schema: components.refer(schema, { as: 'answered', where }) };
  const others = alsoAs.map((type) => [type, { schema: { type: 'string' } }]);
  return { description, content: { 'application/json': json, ...Object.fromEntries(others) } };
}

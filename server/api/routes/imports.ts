import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import {
  importListSchema,
  importViewSchema,
  requestImportSchema,
  type ImportList,
  type ImportView,
} from '../../../domain/api/import.js';
import type { ImportRow } from '../../../db/stores/import-store.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author', 'ml-lead', 'admin'] as const;

type Stores = Pick<ApiStores, 'imports'>;

/** POST /v1/imports: asks for the import of a base model; a worker carries it out. */
function requestImport({ imports }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ROLES);
    const asked = await readBody(c, requestImportSchema);
    const answer: ImportView = importView(await imports.request({ project, ...asked, requestedBy: principal.id }));
    return c.json(answer, 202);
  };
}

/** GET /v1/imports: what was imported, and what was not. */
function listImports({ imports }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const answer: ImportList = { imports: (await imports.list(projectOf(c))).map(importView) };
    return c.json(answer);
  };
}

/** GET /v1/imports/:id: one import, by its id or by the version that it made. */
function showImport({ imports }: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const answer: ImportView = importView(await imports.find(projectOf(c), c.req.param('id') ?? ''));
    return c.json(answer);
  };
}

const importView = ({ id, name, number, requestedAt, endedAt, ...row }: ImportRow): ImportView => ({
  id,
  name,
  version: number === null ? null : `${name}@${number}`,
  state: row.state,
  source: row.source,
  card: row.card,
  evidence: row.evidence,
  reason: row.reason,
  requestedBy: row.requestedBy,
  requestedAt: requestedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

export const requestImportRoute: Route = {
  method: 'post',
  path: '/v1/imports',
  operationId: 'requestImport',
  tag: 'models',
  summary: 'Ask for the import of a base model',
  description:
    'A worker asks the provider whether it serves the model, or reads the folder of weights into the artifact store. ' +
    'Ask for the import again until it has ended.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: requestImportSchema },
  answers: { 202: { description: 'It was asked for.', schema: importViewSchema } },
  handler: requestImport,
};

export const listImportsRoute: Route = {
  method: 'get',
  path: '/v1/imports',
  operationId: 'listImports',
  tag: 'models',
  summary: 'The base models that were imported, and those that were refused',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The imports, latest first.', schema: importListSchema } },
  handler: listImports,
};

export const showImportRoute: Route = {
  method: 'get',
  path: '/v1/imports/:id',
  operationId: 'showImport',
  tag: 'models',
  summary: 'One import, by its id or by the version that it made',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The import.', schema: importViewSchema } },
  handler: showImport,
};

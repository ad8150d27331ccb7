import type { Handler } from 'hono';
import { z } from 'zod';
import type { CheckpointRow } from '../../../db/views/audit-checkpoints.js';
import {
  auditCheckpointPageSchema,
  auditCheckpointSchema,
  auditKeySchema,
  type AuditCheckpoint,
  type AuditCheckpointPage,
  type AuditKey,
} from '../../../domain/api/audit.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const MOST = 1000;

const querySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
});

const toView = ({ size, root, note, at }: CheckpointRow): AuditCheckpoint => ({
  size,
  root: root.toString('hex'),
  note,
  at: at.toISOString(),
});

const notYet = (): LifecycleError =>
  new LifecycleError('NOT_FOUND', 'No checkpoint of the audit log is signed yet: a worker signs the first.');

/** GET /v1/audit/key */
function showKey({ audit }: Pick<ApiStores, 'audit'>): Handler<ApiEnvironment> {
  return async (c) => {
    const keys = await audit.keys();
    const [present] = keys;
    if (present === undefined) throw notYet();
    const answer: AuditKey = {
      origin: present.origin,
      vkey: present.vkey,
      keys: keys.map(({ vkey, since }) => ({ vkey, since: since.toISOString() })),
    };
    return c.json(answer);
  };
}

/** GET /v1/audit/checkpoints/latest */
function showLatest({ audit }: Pick<ApiStores, 'audit'>): Handler<ApiEnvironment> {
  return async (c) => {
    const last = await audit.latestCheckpoint();
    if (last === undefined) throw notYet();
    return c.json(toView(last));
  };
}

/** GET /v1/audit/checkpoints: the smallest first. */
function listCheckpoints({ audit }: Pick<ApiStores, 'audit'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { after, limit } = readQuery(c, querySchema);
    const rows = await audit.checkpoints(after, limit);
    const next = rows.length === limit ? (rows.at(-1)?.size ?? null) : null;
    const answer: AuditCheckpointPage = { checkpoints: rows.map(toView), next };
    return c.json(answer);
  };
}

export const showAuditKeyRoute: Route = {
  method: 'get',
  path: '/v1/audit/key',
  operationId: 'showAuditKey',
  tag: 'evidence',
  summary: 'The key that verifies checkpoints of the audit log, as this server names it',
  description: 'Whoever must not trust this server takes the key from those who run it, once, by another way.',
  answers: { 200: { description: 'The log and its keys.', schema: auditKeySchema } },
  handler: showKey,
};

export const showLatestCheckpointRoute: Route = {
  method: 'get',
  path: '/v1/audit/checkpoints/latest',
  operationId: 'showLatestCheckpoint',
  tag: 'evidence',
  summary: 'The last signed checkpoint of the audit log',
  answers: { 200: { description: 'The checkpoint.', schema: auditCheckpointSchema } },
  handler: showLatest,
};

export const listCheckpointsRoute: Route = {
  method: 'get',
  path: '/v1/audit/checkpoints',
  operationId: 'listCheckpoints',
  tag: 'evidence',
  summary: 'All signed checkpoints of the audit log, the smallest first',
  request: { query: querySchema },
  answers: {
    200: { description: 'A page; `next` is the `after` of the following one.', schema: auditCheckpointPageSchema },
  },
  handler: listCheckpoints,
};

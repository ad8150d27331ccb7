import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { z } from 'zod';
import { auditPageSchema, type AuditEntry, type AuditPage } from '../../../domain/api/audit.js';
import type { AuditLine } from '../../../db/views/audit.js';
import type { ApiEnvironment } from '../environment.js';
import { readQuery } from '../read-request.js';
import type { ApiStores, Principal } from '../stores.js';

const MOST = 1000;

const querySchema = z.strictObject({
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
});

/**
 * GET /v1/audit: the log in leaf order, as JSON, or as JSON lines for `accept: application/x-ndjson`. Entries of
 * projects in which the caller has no part are there by their hash alone, so that the tree can still be recomputed.
 */
function listAudit({ views }: Pick<ApiStores, 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { after, limit } = readQuery(c, querySchema);
    const lines = await views.audit(after, limit);
    const entries = lines.map((line) => toEntry(line, c.get('principal')));
    const next = lines.length === limit ? (lines.at(-1)?.leafIndex ?? null) : null;
    if (c.req.header('accept')?.includes('application/x-ndjson') === true) {
      if (next !== null) c.header('x-assay-next', String(next));
      const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      return c.body(text, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    }
    const answer: AuditPage = { entries, next };
    return c.json(answer);
  };
}

function toEntry({ leafIndex, leafHash, ...event }: AuditLine, { roles }: Principal): AuditEntry {
  const isOwn = roles.some(({ project }) => project === event.project);
  const isOfAll = event.project === null && roles.some(({ role }) => role === 'auditor' || role === 'admin');
  return { leafIndex, leafHash, event: isOwn || isOfAll ? event : null };
}

export const listAuditRoute: Route = {
  method: 'get',
  path: '/v1/audit',
  operationId: 'listAudit',
  tag: 'evidence',
  summary: 'The audit log in leaf order',
  description:
    'Entries of projects in which the caller has no part are there by their hash alone, so that the tree can still be ' +
    'recomputed. As JSON lines the next page is named by the header `x-assay-next`.',
  request: { query: querySchema },
  answers: {
    200: {
      description: 'A page; `next` is the `after` of the following one.',
      schema: auditPageSchema,
      alsoAs: ['application/x-ndjson'],
    },
  },
  handler: listAudit,
};

import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { evidenceViewSchema, type EvidenceView } from '../../../domain/api/evidence.js';
import { isDigest } from '../../../domain/kernel/digest.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { requireVisible } from '../permissions.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/evidence/:id: a fact that a project of the caller's has used. */
function showEvidence({ evidence, views }: Pick<ApiStores, 'evidence' | 'views'>): Handler<ApiEnvironment> {
  return async (c) => {
    const id = c.req.param('id');
    if (!isDigest(id))
      throw new LifecycleError('INVALID_INPUT', 'An evidence id is sha256: and 64 lower-case hex digits.');
    const principal = c.get('principal');
    const users = await views.evidenceProjects(id);
    const visible = users.find((project) => principal.roles.some((grant) => grant.project === project));
    requireVisible(principal, visible, `evidence ${id}`);
    const { kind, subject, producer, inputs, body } = await evidence.load(id);
    const answer: EvidenceView = { id, evidence: { kind, subject, producer, inputs, body } };
    return c.json(answer);
  };
}

export const showEvidenceRoute: Route = {
  method: 'get',
  path: '/v1/evidence/:id',
  operationId: 'showEvidence',
  tag: 'evidence',
  summary: "A fact that one of the caller's projects has used",
  answers: { 200: { description: 'The fact, whose digest is its id.', schema: evidenceViewSchema } },
  handler: showEvidence,
};

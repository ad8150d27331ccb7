import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { commandSchema, recordedCommandSchema, type RecordedCommand } from '../../../domain/api/run.js';
import type { ApiEnvironment } from '../environment.js';
import { requireRole, requireVisible } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author', 'ml-lead', 'admin'] as const;

/** POST /v1/runs/:id/commands: asks a run to pause, to resume or to end. */
function commandRun({ views, runs }: Pick<ApiStores, 'views' | 'runs'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const runId = c.req.param('id') ?? '';
    const run = await views.run(runId);
    requireVisible(principal, run?.project, `run ${runId}`);
    requireRole(principal, run?.project ?? '', ROLES);
    const { kind } = await readBody(c, commandSchema);
    const recorded = await runs.recordCommand({ runId, kind, principal: principal.id });
    const answer: RecordedCommand = { ...recorded, runId, kind };
    return c.json(answer, 202);
  };
}

export const commandRunRoute: Route = {
  method: 'post',
  path: '/v1/runs/:id/commands',
  operationId: 'commandRun',
  tag: 'runs',
  summary: 'Ask a run to pause, to resume or to end',
  description: 'The run obeys where it next looks: within a second in most stages.',
  roles: ROLES,
  request: { body: commandSchema },
  answers: { 202: { description: 'The command is on record and on its way.', schema: recordedCommandSchema } },
  handler: commandRun,
};

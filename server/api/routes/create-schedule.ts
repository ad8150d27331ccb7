import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { createScheduleSchema, requestedChangeSchema, type RequestedChange } from '../../../domain/api/schedule.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import { acceptPlan } from '../accept-plan.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const ROLES = ['author'] as const;

/** POST /v1/schedules: runs a plan by the clock, in the name of who asks for it. */
function createSchedule({
  schedules,
  prompts,
  imports,
  policies,
}: Pick<ApiStores, 'schedules' | 'prompts' | 'imports' | 'policies'>): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    requireRole(principal, project, ROLES);
    const { id, plan: asked, ...timing } = await readBody(c, createScheduleSchema);
    const plan = parsePlan(asked);
    await acceptPlan({ prompts, imports, policies }, { project, by: principal.id }, plan);
    const { commandId } = await schedules.create({
      project,
      schedule: id,
      principal: principal.id,
      ...timing,
      plan,
      planDigest: digestOf(plan),
    });
    const answer: RequestedChange = { commandId, scheduleId: id, kind: 'create' };
    return c.json(answer, 202);
  };
}

export const createScheduleRoute: Route = {
  method: 'post',
  path: '/v1/schedules',
  operationId: 'createSchedule',
  tag: 'runs',
  summary: 'Run a plan by the clock',
  description: 'Its runs are requested in the name of who asks for it here. A worker sets the clock within a second.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: createScheduleSchema },
  answers: { 202: { description: 'The schedule is on record and on its way.', schema: requestedChangeSchema } },
  handler: createSchedule,
};

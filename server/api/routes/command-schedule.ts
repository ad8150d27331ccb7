import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import {
  requestedChangeSchema,
  scheduleRequestSchema,
  type RequestedChange,
  type ScheduleRequest,
} from '../../../domain/api/schedule.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import { cronTimesBetween } from '../../../domain/schedules/cron-times.js';
import { MOST_BACKFILLED } from '../../../domain/schedules/schedule.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf, requireRole } from '../permissions.js';
import { readBody } from '../read-request.js';
import { acceptPlan } from '../accept-plan.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { findSchedule } from './show-schedule.js';

const ROLES = ['author', 'ml-lead', 'admin'] as const;
/** Who has a plan run, or a run started, is its author. */
const AUTHORS = ['author'] as const;

type Stores = Pick<ApiStores, 'schedules' | 'prompts' | 'imports' | 'policies'>;

/** POST /v1/schedules/:id/commands: changes a schedule, or has it start runs. */
function commandSchedule(stores: Stores): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const project = projectOf(c);
    const request = await readBody(c, scheduleRequestSchema);
    const isStop = request.kind === 'pause' || request.kind === 'resume' || request.kind === 'delete';
    requireRole(principal, project, isStop ? ROLES : AUTHORS);
    const schedule = c.req.param('id') ?? '';
    if (request.kind === 'backfill')
      refuseBadRange(await findSchedule(stores.schedules.views, project, schedule), request);
    const { commandId } = await send(stores, { project, schedule, principal: principal.id }, request);
    const answer: RequestedChange = { commandId, scheduleId: schedule, kind: request.kind };
    return c.json(answer, 202);
  };
}

async function send(
  { schedules, ...registered }: Stores,
  asked: { project: string; schedule: string; principal: string },
  request: ScheduleRequest,
): Promise<{ commandId: string }> {
  switch (request.kind) {
    case 'update': {
      const { kind: _kind, plan: written, ...timing } = request;
      const plan = written === undefined ? undefined : parsePlan(written);
      if (plan !== undefined) await acceptPlan(registered, { project: asked.project, by: asked.principal }, plan);
      const changes = Object.fromEntries(Object.entries(timing).filter(([, value]) => value !== undefined));
      return schedules.update({ ...asked, ...changes, ...(plan && { plan, planDigest: digestOf(plan) }) });
    }
    case 'backfill': {
      const { from, to, overlap } = request;
      return schedules.command({ ...asked, kind: request.kind, details: { from, to, ...(overlap && { overlap }) } });
    }
    case 'trigger':
      return schedules.command({
        ...asked,
        kind: request.kind,
        details: request.overlap === undefined ? {} : { overlap: request.overlap },
      });
    case 'pause':
    case 'resume':
    case 'delete':
      return schedules.command({ ...asked, kind: request.kind });
    default:
      return request satisfies never;
  }
}

function refuseBadRange(
  schedule: { cron: string; timeZone: string },
  { from, to }: { from: string; to: string },
): void {
  const range = { from: new Date(from), to: new Date(to), most: MOST_BACKFILLED + 1 };
  const times = cronTimesBetween(schedule, range);
  if (range.to > new Date())
    throw new LifecycleError(
      'INVALID_INPUT',
      'A backfill ends in the past: the schedule itself starts what is to come.',
    );
  if (times.length === 0)
    throw new LifecycleError(
      'INVALID_INPUT',
      `The schedule has no time from ${from} to ${to}: there is nothing to start.`,
    );
  if (times.length > MOST_BACKFILLED)
    throw new LifecycleError('INVALID_INPUT', `That is more than ${MOST_BACKFILLED} times. Backfill a shorter range.`);
}

export const commandScheduleRoute: Route = {
  method: 'post',
  path: '/v1/schedules/:id/commands',
  operationId: 'commandSchedule',
  tag: 'runs',
  summary: 'Change a schedule, or have it start runs',
  description:
    'An update changes what it names. A backfill starts the runs of times that have passed; a time that has its run gets no other.',
  roles: ROLES,
  request: { query: projectQuerySchema, body: scheduleRequestSchema },
  answers: { 202: { description: 'The command is on record and on its way.', schema: requestedChangeSchema } },
  handler: commandSchedule,
};

import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { scheduleViewSchema, type ScheduleView } from '../../../domain/api/schedule.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { nextCronTime } from '../../../domain/schedules/cron-times.js';
import type { ScheduleLine, ScheduleViews } from '../../../db/views/schedules.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { Route } from '../route.js';
import { toScheduleSummary } from '../schedule-summary.js';
import type { ApiStores } from '../stores.js';

const NEXT_TIMES = 5;
const LATEST_RUNS = 10;

/** @throws LifecycleError NOT_FOUND */
export async function findSchedule(views: ScheduleViews, project: string, id: string): Promise<ScheduleLine> {
  const line = await views.one(project, id);
  if (line !== undefined) return line;
  throw new LifecycleError('NOT_FOUND', `There is no schedule ${id}.`, { schedule: id });
}

/** GET /v1/schedules/:id: a schedule with its next times and its latest runs. */
function showSchedule({ schedules }: Pick<ApiStores, 'schedules'>): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const line = await findSchedule(schedules.views, project, c.req.param('id') ?? '');
    const runs = await schedules.views.runs(project, line.id, LATEST_RUNS);
    const now = new Date();
    const answer: ScheduleView = {
      ...toScheduleSummary(line, now),
      nextTimes: nextTimes(line, now),
      runs: runs.map(({ scheduledFor, ...run }) => ({ ...run, scheduledFor: scheduledFor.toISOString() })),
    };
    return c.json(answer);
  };
}

function nextTimes({ cron, timeZone }: ScheduleLine, now: Date): string[] {
  const times: string[] = [];
  for (let time = nextCronTime(cron, timeZone, now); time !== null && times.length < NEXT_TIMES;) {
    times.push(time.toISOString());
    time = nextCronTime(cron, timeZone, time);
  }
  return times;
}

export const showScheduleRoute: Route = {
  method: 'get',
  path: '/v1/schedules/:id',
  operationId: 'showSchedule',
  tag: 'runs',
  summary: 'A schedule with its next times and its latest runs',
  description: 'Next times are computed as Temporal computes them, without jitter; also those of a paused schedule.',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'The schedule.', schema: scheduleViewSchema } },
  handler: showSchedule,
};

import type { Handler } from 'hono';
import { scheduleTimesQuerySchema, scheduleTimesSchema, type ScheduleTimes } from '../../../domain/api/schedule.js';
import { cronTimesBetween } from '../../../domain/schedules/cron-times.js';
import { MOST_BACKFILLED } from '../../../domain/schedules/schedule.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';
import { findSchedule } from './show-schedule.js';

/** GET /v1/schedules/:id/times: the times of a range, which of them have their run, and what the others may cost. */
function listScheduleTimes({ schedules }: Pick<ApiStores, 'schedules'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { from, to } = readQuery(c, scheduleTimesQuerySchema);
    const project = projectOf(c);
    const line = await findSchedule(schedules.views, project, c.req.param('id') ?? '');
    const found = cronTimesBetween(line, { from: new Date(from), to: new Date(to), most: MOST_BACKFILLED + 1 });
    const listed = found.slice(0, MOST_BACKFILLED);
    const runs = listed.length === 0 ? new Map() : await schedules.views.runsAt(project, line.id, listed);
    const times = listed.map((at) => ({ at: at.toISOString(), runId: runs.get(at.getTime()) ?? null }));
    const newRuns = times.filter(({ runId }) => runId === null).length;
    const last = await schedules.views.lastQuote(project, line.name);
    const answer: ScheduleTimes = {
      times,
      newRuns,
      isCut: found.length > MOST_BACKFILLED,
      quote: last && { ...last, totalMicroUsd: last.costMicroUsd * newRuns },
    };
    return c.json(answer);
  };
}

export const listScheduleTimesRoute: Route = {
  method: 'get',
  path: '/v1/schedules/:id/times',
  operationId: 'listScheduleTimes',
  tag: 'runs',
  summary: 'The times of a range, and what a backfill of it would start',
  description:
    'The quote is that of the lifecycle’s last training, for each time that has no run yet. Nothing is started.',
  request: { query: scheduleTimesQuerySchema },
  answers: {
    200: { description: `The times, oldest first; at most ${MOST_BACKFILLED}.`, schema: scheduleTimesSchema },
  },
  handler: listScheduleTimes,
};

import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { scheduleListSchema, type ScheduleList } from '../../../domain/api/schedule.js';
import type { ApiEnvironment } from '../environment.js';
import { projectOf } from '../permissions.js';
import type { Route } from '../route.js';
import { toScheduleSummary } from '../schedule-summary.js';
import type { ApiStores } from '../stores.js';

/** GET /v1/schedules: the schedules of a project, and when each is due next. */
function listSchedules({ schedules }: Pick<ApiStores, 'schedules'>): Handler<ApiEnvironment> {
  return async (c) => {
    const lines = await schedules.views.list(projectOf(c));
    const answer: ScheduleList = { schedules: lines.map((line) => toScheduleSummary(line, new Date())) };
    return c.json(answer);
  };
}

export const listSchedulesRoute: Route = {
  method: 'get',
  path: '/v1/schedules',
  operationId: 'listSchedules',
  tag: 'runs',
  summary: 'The schedules of a project, and when each is due next',
  request: { query: projectQuerySchema },
  answers: { 200: { description: 'All of them, by name.', schema: scheduleListSchema } },
  handler: listSchedules,
};

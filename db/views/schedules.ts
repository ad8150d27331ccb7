import { and, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { RunStatus } from '../../domain/kernel/states.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { schedule } from '../schema/schedule.js';

export type ScheduleLine = Omit<typeof schedule.$inferSelect, 'plan' | 'deletedAt'>;

export interface ScheduledRunLine {
  runId: string;
  scheduledFor: Date;
  status: RunStatus;
  reason: string | null;
}

export interface LastQuote {
  runId: string;
  costMicroUsd: number;
}

export interface ScheduleViews {
  list(project: string): Promise<ScheduleLine[]>;
  one(project: string, id: string): Promise<ScheduleLine | undefined>;
  /** The runs of a schedule, those of the latest times first. */
  runs(project: string, id: string, most: number): Promise<ScheduledRunLine[]>;
  /** The runs of these times, by time. */
  runsAt(project: string, id: string, times: readonly Date[]): Promise<Map<number, string>>;
  /** What the last training of a lifecycle was quoted at. */
  lastQuote(project: string, name: string): Promise<LastQuote | null>;
}

/** Without the plan: lists stay small. */
const { plan: _plan, deletedAt: _deletedAt, ...line } = getTableColumns(schedule);

const isThere = (project: string) => and(eq(schedule.project, project), isNull(schedule.deletedAt));

export const createScheduleViews = (db: Database): ScheduleViews => ({
  list: (project) =>
    withDatabaseErrors(() => db.select(line).from(schedule).where(isThere(project)).orderBy(schedule.id)),
  one: (project, id) =>
    withDatabaseErrors(async () => {
      const [row] = await db
        .select(line)
        .from(schedule)
        .where(and(isThere(project), eq(schedule.id, id)));
      return row;
    }),
  runs: (project, id, most) =>
    withDatabaseErrors(async () => {
      const rows = await db
        .select({
          runId: lifecycleRun.id,
          scheduledFor: lifecycleRun.scheduledFor,
          status: lifecycleRun.status,
          reason: lifecycleRun.reason,
        })
        .from(lifecycleRun)
        .where(and(eq(lifecycleRun.project, project), eq(lifecycleRun.schedule, id)))
        .orderBy(desc(lifecycleRun.scheduledFor))
        .limit(most);
      return rows.flatMap(({ scheduledFor, ...run }) => (scheduledFor === null ? [] : [{ ...run, scheduledFor }]));
    }),
  runsAt: (project, id, times) =>
    withDatabaseErrors(async () => {
      const rows = await db
        .select({ runId: lifecycleRun.id, at: lifecycleRun.scheduledFor })
        .from(lifecycleRun)
        .where(
          and(
            eq(lifecycleRun.project, project),
            eq(lifecycleRun.schedule, id),
            inArray(lifecycleRun.scheduledFor, [...times]),
          ),
        );
      return new Map(rows.map(({ runId, at }) => [at?.getTime() ?? 0, runId]));
    }),
  lastQuote: (project, name) =>
    withDatabaseErrors(async () => {
      const { rows } = await db.execute<{ runId: string; costMicroUsd: number }>(sql`
        select r.id as "runId", (e.content::jsonb #>> '{body,quote,costMicroUsd}')::float8 as "costMicroUsd"
        from lifecycle_run r
        join evidence_use u on u.run_id = r.id and u.stage = 'fine-tune'
        join evidence e on e.id = u.evidence and e.kind = 'training'
        where r.project = ${project} and r.name = ${name} 
        order by u.at desc limit 1`);
      return rows[0] ?? null;
    }),
});

import { asc, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import type { TaskKind, TaskState } from '../../domain/kernel/states.js';
import type { Task } from '../../domain/tasks/task.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { task } from '../schema/task.js';
import { toTask } from '../stores/task-rows.js';

/** The place in the order of due dates after which a page begins. */
export interface InboxPlace {
  /** ISO 8601 in UTC with microseconds. */
  dueAt: string;
  id: string;
}

export interface InboxQuestion {
  projects: readonly string[];
  /** `open`: all that wait, disputed ones too. */
  state: TaskState | 'all';
  kind?: TaskKind | undefined;
  /** Leaves out what this principal cannot answer, as far as rows tell: never one that they can. */
  waitingFor?: string | undefined;
  after?: InboxPlace | undefined;
  limit: number;
}

export interface InboxLine {
  task: Task;
  place: InboxPlace;
  /** The database's clock. */
  now: string;
}

/** The tasks of several projects by due date. Each project's are found by the index, then merged. */
export const listInbox = (db: Database, asked: InboxQuestion): Promise<InboxLine[]> =>
  withDatabaseErrors(async () => {
    const { projects, limit } = asked;
    const { rows } = await db.execute<Found>(sql`
      select t.id, to_char(t.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAt",
        clock_timestamp() as now
      from unnest(${sql.param([...new Set(projects)])}::text[]) as p (id)
      cross join lateral (
        select t.id, t.due_at from task t where t.project = p.id and ${sql.join(conditions(asked), sql` and `)}
        order by t.due_at, t.id limit ${limit}) t
      order by t.due_at, t.id limit ${limit}`);
    const tasks = await loadTasks(
      db,
      rows.map(({ id }) => id),
    );
    return rows.flatMap(({ id, dueAt, now }) => {
      const found = tasks.get(id);
      if (found === undefined) return [];
      return [{ task: found, place: { dueAt, id }, now: new Date(now).toISOString() }];
    });
  });

type Found = Record<string, unknown> & {
  id: string;
  dueAt: string;
  now: Date;
};

async function loadTasks(db: Database, ids: string[]): Promise<Map<string, Task>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select(getTableColumns(task)).from(task).where(inArray(task.id, ids)).orderBy(asc(task.id));
  return new Map(rows.map((row) => [row.id, toTask(row)]));
}

function conditions({ state, kind, waitingFor, after }: InboxQuestion): SQL[] {
  return [
    ...(state === 'all' ? [] : [state === 'open' ? sql`t.state in ('open', 'disputed')` : sql`t.state = ${state}`]),
    ...(kind === undefined ? [sql`true`] : [sql`t.kind = ${kind}`]),
    ...(after === undefined ? [] : [sql`(t.due_at, t.id) > (${after.dueAt}::timestamptz, ${after.id})`]),
    ...(waitingFor === undefined ? [] : [mayWaitFor(waitingFor)]),
  ];
}

/** Roles are those held now, or, to sign, of those who let this principal; a decision that was not taken back is an answer in its role. */
const mayWaitFor = (principal: string): SQL => sql`
  t.state in ('open', 'disputed') and t.due_at > clock_timestamp() and not ${principal} = any (t.excluded_people)
  and not exists (select 1 from task_answer a where a.task_id = t.id and a.principal = ${principal})
  and (
    (t.state = 'open' and ${principal} = any (t.candidate_people))
    or exists (
      select 1 from (
        select g.role from role_grant g
        where g.principal = ${principal} and g.project = t.project and g.revoked_at is null
        union all
        select l.role from delegation l
        where t.kind = 'approval' and l.delegate = ${principal} and l.project = t.project and l.revoked_at is null
          and clock_timestamp() >= l.starts_at and clock_timestamp() < l.ends_at) held
      where case t.state when 'open' then held.role = any (t.candidate_roles)
          else jsonb_exists(t.form -> 'adjudicators', held.role) end
        and (t.kind <> 'approval' or coalesce(
          (select d.verdict from decision d
           where d.request_id = t.subject and d.principal = ${principal} and d.role = held.role
           order by d.number desc limit 1), 'withdraw') = 'withdraw')))`;

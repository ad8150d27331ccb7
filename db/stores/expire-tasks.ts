import { sql } from 'drizzle-orm';
import type { TaskKind } from '../../domain/kernel/states.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

/** At most so many at once. */
const BATCH = 200;

/**
 * Ends tasks whose time has come; those of requests end with their request. One that is being answered is left to the
 * next look. @returns how many were ended.
 */
export const expireTasks = (db: Database): Promise<number> =>
  withDatabaseErrors(() =>
    db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ id: string; project: string; kind: TaskKind }>(sql`
        update task set state = 'expired' where id in (
          select id from task
          where state in ('open', 'disputed') and kind not in ('approval', 'waiver') and due_at <= clock_timestamp()
          order by due_at limit ${BATCH} for update skip locked)
        returning id, project, kind`);
      for (const { id, project, kind } of rows) {
        const event = { project, actor: WORKER_ACTOR, action: 'task.closed', subject: id } as const;
        await recordEvent(tx, { ...event, details: { kind, state: 'expired' } });
      }
      return rows.length;
    }),
  );

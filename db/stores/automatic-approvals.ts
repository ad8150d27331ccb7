import { sql } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import { AUTOMATIC } from '../../domain/kernel/approval-policy.js';
import type { Database } from '../pool.js';

/** The requests whose policy may let them through by itself. */
export interface AutomaticApprovals {
  /** The ids of those that are open and were not asked about yet, the oldest first. */
  waiting(): Promise<string[]>;
  /** Writes down what the expression said, and of what; once. */
  recordAnswer(answer: {
    requestId: string;
    project: string;
    holds: boolean;
    reason: string;
    inputs: Record<string, unknown>;
  }): Promise<void>;
}

const MOST = 100;

export const createAutomaticApprovals = (db: Database): AutomaticApprovals =>
  translated<AutomaticApprovals>({
    async waiting() {
      const { rows } = await db.execute<{ id: string }>(sql`
        select r.id from approval_request r
        where r.state = 'open' and r.terms -> 'policy' ? 'automatic'
          and not exists (select 1 from audit_event e where e.event_key = 'policy.asked/' || r.id)
        order by r.opened_at limit ${MOST}`);
      return rows.map(({ id }) => id);
    },
    async recordAnswer({ requestId, project, ...details }) {
      const event = { project, actor: AUTOMATIC.principal, action: 'policy.asked', subject: requestId } as const;
      await db.transaction((tx) => recordEvent(tx, { ...event, details }));
    },
  });

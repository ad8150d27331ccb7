import { sql } from 'drizzle-orm';
import { inertLine } from '../../domain/inert-line.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { TrainingEvent } from '../../domain/ports/trainer.js';
import type { Database } from '../pool.js';
import { runEvent } from '../schema/run-event.js';

/** So many are kept of a run; its losses are all in its evidence. */
const MOST_OF_A_RUN = 10_000;
const LAST: TrainingEvent = {
  id: 'limit',
  message: `No more than ${MOST_OF_A_RUN} events of a run are kept here.`,
  data: {},
};

/**
 * Keeps what a provider told, in its order. Telling the same again changes nothing, and no text of it is kept as it came:
 * escape sequences, controls and what looks like a secret are taken out.
 */
export async function keepRunEvents(
  db: Database,
  { runId, stage, events }: { runId: string; stage: Stage; events: readonly TrainingEvent[] },
): Promise<void> {
  if (events.length === 0) return;
  const { rows } = await db.execute<{ kept: number }>(
    sql`select count(*)::int as kept from run_event where run_id = ${runId}`,
  );
  const room = MOST_OF_A_RUN - (rows[0]?.kept ?? 0);
  if (room < 0) return;
  const kept = events.length <= room ? events : [...events.slice(0, room), LAST];
  for (let from = 0; from < kept.length; from += 500) {
    const values = kept.slice(from, from + 500).map(({ id, at, message, data }) => ({
      runId,
      stage,
      // Postgres keeps no NUL.
      sourceId: id.replaceAll('\0', '').slice(0, 200),
      ...(at !== undefined && isMoment(at) && { at: new Date(at) }),
      message: inertLine(message),
      data,
    }));
    await db.insert(runEvent).values(values).onConflictDoNothing();
  }
}

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

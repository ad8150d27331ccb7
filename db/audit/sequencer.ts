import { sql } from 'drizzle-orm';
import { eventLeafHash, type EventContent } from '../../domain/audit/event-content.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { DECISIVE_ACTIONS } from './actions.js';
import { EVENT_CONTENT_COLUMNS } from './event-columns.js';
import { claimLease } from './lease.js';

const SEQUENCER_LEASE = 'audit-sequencer';

export interface SequenceOptions {
  /** Unique to the process; the same in each call. */
  holder: string;
  limit?: number;
  leaseMilliseconds?: number;
}

export interface Sequenced {
  /** The number of new leaves; 0 also where another process leads. */
  chained: number;
  /** There are events that wait for a transaction which is still open: look again soon. */
  isBehind: boolean;
  /** One of them is a decision: it wants a checkpoint at once. */
  isDecisive: boolean;
}

/**
 * Chains events that have no leaf yet. Only events of transactions that are older than every transaction still open
 * are taken, in (xid, id) order, so that a writer with a lower id that commits later is chained later and never lost.
 */
export const sequence = (db: Database, options: SequenceOptions): Promise<Sequenced> =>
  withDatabaseErrors(() =>
    db.transaction(async (tx) => {
      const { holder, limit = 1000, leaseMilliseconds = 10_000 } = options;
      const fencing = await claimLease(tx, { name: SEQUENCER_LEASE, holder, milliseconds: leaseMilliseconds });
      if (fencing === undefined) return { chained: 0, isBehind: false, isDecisive: false };
      const last = await lastLeaf(tx);
      const events = await nextEvents(tx, last, limit);
      const { isBehind } = last;
      if (events.length === 0) return { chained: 0, isBehind, isDecisive: false };
      await insertLeaves(tx, last.index + 1, events);
      const isDecisive = events.some(({ action }) => DECISIVE_ACTIONS.some((decisive) => decisive === action));
      return { chained: events.length, isBehind, isDecisive };
    }),
  );

/** By three arrays: a value list of a thousand rows costs ten times as much to write and to parse. */
async function insertLeaves(tx: Transaction, first: number, events: readonly EventContent[]): Promise<void> {
  const indexes = sql.param(events.map((_, offset) => first + offset));
  const ids = sql.param(events.map(({ id }) => id));
  const hashes = sql.param(events.map(eventLeafHash));
  await tx.execute(sql`
    insert into audit_leaf (leaf_index, event_id, leaf_hash)
    select * from unnest(${indexes}::bigint[], ${ids}::bigint[], ${hashes}::bytea[])`);
}

interface LastLeaf {
  index: number;
  eventId: number;
  xid: string;
  /** Transactions on file lie in this server's future: the database was restored from another server. */
  isRestored: boolean;
  isBehind: boolean;
}

async function lastLeaf(tx: Transaction): Promise<LastLeaf> {
  const { rows } = await tx.execute<LastLeaf & Record<string, unknown>>(sql`
    select coalesce(leaf_index, -1)::float8 as "index", coalesce(event_id, 0)::float8 as "eventId",
      coalesce(xid::text, '0') as "xid",
      coalesce(xid >= next_xid, false) or exists (
        select 1 from audit_event e where e.xid >= next_xid
          and not exists (select 1 from audit_leaf l where l.event_id = e.id)) as "isRestored",
      exists (select 1 from audit_event e where e.xid >= oldest_xid and e.xid < next_xid) as "isBehind"
    from (select pg_snapshot_xmin(pg_current_snapshot()) as oldest_xid,
      pg_snapshot_xmax(pg_current_snapshot()) as next_xid) here
    left join (select l.leaf_index, l.event_id, e.xid from audit_leaf l join audit_event e on e.id = l.event_id
      order by leaf_index desc limit 1) last on true`);
  return rows[0] as LastLeaf;
}

async function nextEvents(tx: Transaction, last: LastLeaf, limit: number): Promise<EventContent[]> {
  const isSettled = sql`e.xid < pg_snapshot_xmin(pg_current_snapshot())`;
  const range = last.isRestored
    ? sql`(${isSettled} or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))`
    : sql`${isSettled} and (e.xid, e.id) > (${last.xid}::xid8, ${last.eventId}::bigint)`;
  const { rows } = await tx.execute<EventContent & Record<string, unknown>>(sql`
    select ${EVENT_CONTENT_COLUMNS} from audit_event e
    where ${range} and not exists (select 1 from audit_leaf l where l.event_id = e.id)
    order by e.xid, e.id limit ${limit}`);
  return rows;
}

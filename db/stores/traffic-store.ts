import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Evidence } from '../../domain/evidence/evidence.js';
import { evidenceId } from '../../domain/evidence/evidence.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { MonitorWindow, TrafficItem, TrafficStore } from '../../domain/ports/traffic-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { monitorWindow } from '../schema/monitor-window.js';
import { findTrigger, insertTrigger, modelBehind } from './insert-trigger.js';
import { storeEvidence } from './store-evidence.js';

export const createTrafficStore = (db: Database): TrafficStore =>
  translated<TrafficStore>({
    since(project, alias, after, limit) {
      // A cursor whose item is gone (retention) stands for its time.
      const position = sql`coalesce(
        (select number from served_request where day = (${after?.at ?? null}::timestamptz at time zone 'UTC')::date
          and id = ${after?.id ?? null} and project = ${project} and alias = ${alias}),
        (select max(number) from served_request where project = ${project} and alias = ${alias}
          and at <= ${after?.at ?? null}::timestamptz),
        0)`;
      return selectItems(db, { project, alias, where: sql`s.number > ${position}`, limit });
    },
    async lastWindow(project, alias) {
      const [row] = await db
        .select()
        .from(monitorWindow)
        .where(and(eq(monitorWindow.project, project), eq(monitorWindow.alias, alias)))
        .orderBy(desc(monitorWindow.number))
        .limit(1);
      return row === undefined ? null : toWindow(row);
    },
    async labelled(project, alias, versionId, limit) {
      const where = sql`s.version_id = ${versionId} and f.label is not null`;
      const asked = { project, alias, where };
      const { rows } = await db.execute<{ total: number }>(sql`select count(*)::int as total ${itemsOf(asked)}`);
      const latestFirst = await selectItems(db, { ...asked, limit, order: sql`s.number desc` });
      return { total: rows[0]?.total ?? 0, latest: latestFirst.toReversed() };
    },
    recordWindow: (window, evidence, previousId) =>
      db.transaction((tx) => recordWindow(tx, { window, evidence, previousId })),
    async labels(project, alias) {
      const { rows } = await db.execute<{ itemKey: string; label: string }>(sql`
        select distinct on (1) coalesce(f.item_key, s.item_key) as "itemKey", f.label
        from feedback f
        left join served_request s on s.id = f.request_id and s.project = f.project and s.alias = f.alias
        where f.project = ${project} and f.alias = ${alias} and coalesce(f.item_key, s.item_key) is not null
        order by 1, f.id desc`);
      return new Map(rows.map((row) => [row.itemKey, row.label]));
    },
  });

interface AskedItems {
  project: string;
  alias: string;
  where: SQL;
}

async function selectItems(
  db: Database,
  { limit, order = sql`s.number`, ...asked }: AskedItems & { limit: number; order?: SQL },
): Promise<TrafficItem[]> {
  const { rows } = await db.execute<TrafficItem & Record<string, unknown>>(sql`
    select s.id, s.at, s.version_id as "versionId", s.item_key as "itemKey", s.masked_input as "maskedInput", s.output,
      f.label
    ${itemsOf(asked)} order by ${order} limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

/** Answered requests `s`, each with the latest word `f` on what it was. */
const itemsOf = ({ project, alias, where }: AskedItems): SQL => sql`
    from served_request s
    left join lateral (
      select said.label from (
        (select id, label from feedback where project = s.project and alias = s.alias and request_id = s.id
          order by id desc limit 1)
        union all
        (select id, label from feedback where project = s.project and alias = s.alias and item_key = s.item_key
          order by id desc limit 1)
      ) said order by said.id desc limit 1
    ) f on true
    where s.project = ${project} and s.alias = ${alias} and s.outcome = 'answered' and ${where}`;

function toWindow(row: typeof monitorWindow.$inferSelect): MonitorWindow {
  const { number: _number, upToAt, upToId, recordedAt: _recordedAt, ...window } = row;
  return { ...window, upTo: { at: upToAt.toISOString(), id: upToId } };
}

type JudgedWindow = { window: MonitorWindow; evidence: Evidence; previousId: string | null };

async function recordWindow(tx: Transaction, { window, evidence, previousId }: JudgedWindow) {
  const sourceKey = `drift/${window.id}`;
  if (evidenceId(evidence) !== window.evidence)
    throw new LifecycleError('INVALID_INPUT', `The window ${window.id} names other evidence than it brings.`);
  const lastId = await lockLastWindow(tx, window);
  if (lastId === window.id) return { triggerId: await findTrigger(tx, sourceKey) };
  if (lastId !== previousId) throw otherWindow(window, lastId);
  await storeEvidence(tx, [evidence]);
  const { upTo, ...columns } = window;
  await tx.insert(monitorWindow).values({ ...columns, upToAt: new Date(upTo.at), upToId: upTo.id });
  const { project, alias, items, labelled, verdict } = window;
  const event = { project, actor: WORKER_ACTOR, action: 'window.recorded', subject: window.id } as const;
  await recordEvent(tx, { ...event, details: { alias, items, labelled, verdict, evidence: window.evidence } });
  const name = verdict === 'drift' ? await modelBehind(tx, project, alias) : null;
  if (name === null) return { triggerId: null };
  const triggerId = await insertTrigger(tx, { project, name, kind: 'drift', sourceKey, evidence: window.evidence });
  return { triggerId };
}

/** The alias's last window; nobody else records one until commit. */
async function lockLastWindow(tx: Transaction, { project, alias }: MonitorWindow): Promise<string | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`window/${project}/${alias}`}, 0))`);
  const { id, number } = monitorWindow;
  const isOfAlias = and(eq(monitorWindow.project, project), eq(monitorWindow.alias, alias));
  const [last] = await tx.select({ id }).from(monitorWindow).where(isOfAlias).orderBy(desc(number)).limit(1);
  return last?.id ?? null;
}

const otherWindow = ({ alias }: MonitorWindow, lastId: string | null): LifecycleError =>
  new LifecycleError('CONFLICT', `The window ${lastId} of ${alias} was recorded while this one was judged.`, {
    window: lastId,
  });

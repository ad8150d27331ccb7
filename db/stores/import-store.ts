import { and, desc, eq, sql } from 'drizzle-orm';
import type { Evidence } from '../../domain/evidence/evidence.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { BaseModelCard } from '../../domain/lifecycle-file/plan.js';
import type { ImportSource, ImportStore } from '../../domain/ports/import-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { inertText } from '../audit/inert-text.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { baseImport } from '../schema/base-import.js';
import { clock } from '../schema/columns.js';
import { storeEvidence } from './store-evidence.js';

export type ImportRow = typeof baseImport.$inferSelect;

/** What people ask of imports, as rows. */
export interface ImportRequests {
  request(asked: {
    project: string;
    name: string;
    source: ImportSource;
    card: BaseModelCard;
    requestedBy: string;
  }): Promise<ImportRow>;
  /** Latest first. */
  list(project: string): Promise<ImportRow[]>;
  /** An import by its id, or the one that made `<name>@<number>`. @throws LifecycleError NOT_FOUND */
  find(project: string, id: string): Promise<ImportRow>;
}

const MOST = 500;

export const createImportRequests = (db: Database): ImportRequests =>
  translated<ImportRequests>({
    request: (asked) =>
      db.transaction(async (tx) => {
        const [row] = await tx.insert(baseImport).values(asked).returning();
        if (row === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored an import and gave none back.');
        const event = { action: 'import.requested', actor: asked.requestedBy, subject: row.id } as const;
        await recordEvent(tx, { ...event, project: row.project, details: { name: row.name, kind: row.source.kind } });
        return row;
      }),
    list: (project) =>
      db
        .select()
        .from(baseImport)
        .where(eq(baseImport.project, project))
        .orderBy(desc(baseImport.requestedAt))
        .limit(MOST),
    async find(project, id) {
      const [, name, number] = /^([a-z0-9-]+)@(\d{1,9})$/.exec(id) ?? [];
      const isAsked =
        name === undefined
          ? eq(baseImport.id, id)
          : and(eq(baseImport.name, name), eq(baseImport.number, Number(number)));
      const [row] = await db
        .select()
        .from(baseImport)
        .where(and(eq(baseImport.project, project), isAsked));
      if (row !== undefined) return row;
      throw new LifecycleError('NOT_FOUND', `There is no imported base model ${id} in ${project}.`);
    },
  });

export const createImportStore = (db: Database): ImportStore =>
  translated<ImportStore>({
    async load(importId) {
      const [row] = await db.select().from(baseImport).where(eq(baseImport.id, importId));
      if (row !== undefined) return row;
      throw new LifecycleError('NOT_FOUND', `There is no import ${importId}.`);
    },
    finish: (importId, evidence) => db.transaction((tx) => finish(tx, importId, evidence)),
    refuse: (importId, reason) =>
      db.transaction((tx) => end(tx, importId, { state: 'refused', reason: inertText(reason) })),
  });

async function finish(tx: Transaction, importId: string, evidence: Evidence): Promise<void> {
  const [asked] = await tx.select().from(baseImport).where(eq(baseImport.id, importId));
  if (asked === undefined || asked.state !== 'requested') return;
  const { project, name } = asked;
  // One number after the other: held until commit.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import/${project}/${name}`}, 0))`);
  const { rows } = await tx.execute<{ number: number }>(
    sql`select coalesce(max(number), 0) + 1 as number from base_import where project = ${project} and name = ${name}`,
  );
  const [id] = await storeEvidence(tx, [evidence]);
  await end(tx, importId, { state: 'imported', number: rows[0]?.number ?? 1, evidence: id! });
}

/** The first end stands. */
async function end(
  tx: Transaction,
  importId: string,
  ended: Partial<Pick<ImportRow, 'number' | 'evidence' | 'reason'>> & Pick<ImportRow, 'state'>,
): Promise<void> {
  const [row] = await tx
    .update(baseImport)
    .set({ ...ended, endedAt: clock })
    .where(and(eq(baseImport.id, importId), eq(baseImport.state, 'requested')))
    .returning();
  if (row === undefined) return;
  const { project, name, number, state, evidence, reason } = row;
  const details = { name, number, state, evidence, reason };
  await recordEvent(tx, { project, actor: WORKER_ACTOR, action: 'import.finished', subject: importId, details });
}

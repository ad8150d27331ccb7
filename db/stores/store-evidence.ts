import { sql, type SQL } from 'drizzle-orm';
import { canonicalJson, digestBytes } from '../../domain/evidence/canonical.js';
import type { Evidence } from '../../domain/evidence/evidence.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { Transaction } from '../pool.js';
import { executePrepared } from '../prepared.js';
import { evidenceUse } from '../schema/evidence.js';

/** Stores facts with their lineage, once each. @returns their ids, in the order given. */
export async function storeEvidence(tx: Transaction, facts: readonly Evidence[]): Promise<Digest[]> {
  const ids: Digest[] = [];
  for (const fact of facts) {
    const { id, stored } = insertFact(fact);
    await executePrepared(tx, 'store-fact', sql`with ${stored} select id from stored`);
    ids.push(id);
  }
  return ids;
}

/**
 * A fact's id, and what stores it once within a larger statement, as `stored`: with everything that leads to it, for it
 * and for what already rests on it.
 */
export function insertFact({ kind, subject, producer, inputs, body }: Evidence): { id: Digest; stored: SQL } {
  const content = canonicalJson({ kind, subject, producer, inputs, body });
  const id = digestBytes(content);
  const given = sql`${sql.param([...inputs])}::text[]`;
  const stored = sql`
    stored as (
      insert into evidence (id, kind, subject, content) values (${id}, ${kind}, ${subject}, ${content})
      on conflict (id) do nothing returning id),
    edges as (
      insert into evidence_edge (evidence, input) select stored.id, input from stored, unnest(${given}) input
      on conflict do nothing),
    closure as (
      insert into evidence_closure (descendant, ancestor)
      select d.id, a.id
      from (select id from stored
        union select c.descendant from evidence_closure c join stored on c.ancestor = stored.id) d
      cross join (select unnest(${given}) as id
        union select c.ancestor from evidence_closure c where c.descendant = any(${given})) a
      on conflict do nothing)`;
  return { id, stored };
}

/** Says, within a larger statement, that the stage in `source` (one row or none) used this evidence. */
export const insertUse = (source: SQL, evidence: readonly Digest[]): SQL => sql`
    used as (
      insert into evidence_use (evidence, run_id, stage)
      select used.id, source.run_id, source.stage
      from ${source} source, unnest(${sql.param([...evidence])}::text[]) as used (id)
      on conflict do nothing)`;

/** Says which run used which evidence in which stage. */
export async function recordUse(
  tx: Transaction,
  use: { runId: string; stage: Stage; evidence: readonly Digest[] },
): Promise<void> {
  if (use.evidence.length === 0) return;
  const rows = use.evidence.map((id) => ({ evidence: id, runId: use.runId, stage: use.stage }));
  await tx.insert(evidenceUse).values(rows).onConflictDoNothing();
}

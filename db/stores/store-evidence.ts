import { sql } from 'drizzle-orm';
import { canonicalJson, digestBytes } from '../../domain/evidence/canonical.js';
import type { Evidence } from '../../domain/evidence/evidence.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import { evidence, evidenceEdge, evidenceUse } from '../schema/evidence.js';
import type { Transaction } from '../pool.js';

/** Stores facts with their lineage, once each. @returns their ids, in the order given. */
export async function storeEvidence(tx: Transaction, facts: readonly Evidence[]): Promise<Digest[]> {
  const ids: Digest[] = [];
  for (const fact of facts) ids.push(await storeFact(tx, fact));
  return ids;
}

/** Says which run used which evidence in which stage. */
export async function recordUse(
  tx: Transaction,
  use: { runId: string; stage: Stage; evidence: readonly Digest[] },
): Promise<void> {
  if (use.evidence.length === 0) return;
  const rows = use.evidence.map((id) => ({ evidence: id, runId: use.runId, stage: use.stage }));
  await tx.insert(evidenceUse).values(rows).onConflictDoNothing();
}

/** Stores one fact, once. @returns its id. */
export async function storeFact(tx: Transaction, { kind, subject, producer, inputs, body }: Evidence): Promise<Digest> {
  const content = canonicalJson({ kind, subject, producer, inputs, body });
  const id = digestBytes(content);
  const stored = await tx
    .insert(evidence)
    .values({ id, kind, subject, content })
    .onConflictDoNothing({ target: evidence.id })
    .returning({ id: evidence.id });
  if (stored.length > 0 && inputs.length > 0) await storeLineage(tx, id, inputs);
  return id;
}

/** Everything that leads to this fact, for it and for what already rests on it. */
async function storeLineage(tx: Transaction, id: Digest, inputs: readonly Digest[]): Promise<void> {
  await tx
    .insert(evidenceEdge)
    .values(inputs.map((input) => ({ evidence: id, input })))
    .onConflictDoNothing();
  await tx.execute(sql`
    insert into evidence_closure (descendant, ancestor)
    select d.id, a.id
    from (select ${id} as id union select descendant from evidence_closure where ancestor = ${id}) d
    cross join (
      select input as id from evidence_edge where evidence = ${id}
      union
      select c.ancestor from evidence_closure c join evidence_edge e on e.input = c.descendant where e.evidence = ${id}
    ) a
    on conflict do nothing`);
}

import { and, asc, eq } from 'drizzle-orm';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { evidenceId, type Evidence } from '../../domain/evidence/evidence.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { EvidenceStore } from '../../domain/ports/run-store.js';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';
import { evidence, evidenceUse } from '../schema/evidence.js';
import { keepEvidence } from './stage-status.js';

export const createEvidenceStore = (db: Database): EvidenceStore =>
  translated<EvidenceStore>({
    async load(id) {
      const [row] = await db.select({ content: evidence.content }).from(evidence).where(eq(evidence.id, id));
      if (row === undefined) throw new LifecycleError('NOT_FOUND', `There is no evidence ${id}.`, { evidence: id });
      const fact = parseFact(row.content);
      if (fact !== undefined && digestBytes(row.content) === id && evidenceId(fact) === id) return fact;
      throw new LifecycleError(
        'ARTIFACT',
        `The stored content of evidence ${id} is not what its id was taken of: the row was altered. Do not use it; compare with a backup.`,
        { evidence: id },
      );
    },
    keep: (runId, stage, fact) => keepEvidence(db, { runId, stage, evidence: fact }),
    async usedBy(runId, kind) {
      const rows = await db
        .select({ id: evidence.id })
        .from(evidenceUse)
        .innerJoin(evidence, eq(evidence.id, evidenceUse.evidence))
        .where(and(eq(evidenceUse.runId, runId), eq(evidence.kind, kind)))
        .orderBy(asc(evidenceUse.at), asc(evidence.id));
      return rows.map(({ id }) => id);
    },
  });

function parseFact(content: string): Evidence | undefined {
  try {
    return JSON.parse(content) as Evidence;
  } catch {
    return undefined;
  }
}

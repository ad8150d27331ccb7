import type { ApprovalSubject } from '../domain/ports/approval-store.js';
import type { AliasRoute, RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore } from '../domain/ports/run-store.js';
import { subjectOf } from './predictions.js';

/**
 * Why the evaluations say nothing about a release now: nobody compared the version with what went live since. Null where
 * somebody did.
 */
export async function otherChampion(
  { evidence, registry }: { evidence: Pick<EvidenceStore, 'load'>; registry: Pick<RegistryStore, 'version'> },
  { subject, project, live }: { subject: ApprovalSubject; project: string; live: AliasRoute },
): Promise<string | null> {
  const champion = live.champion === null ? null : subjectOf(await registry.version(project, live.champion));
  for (const id of subject.evaluations) {
    const compared = (await evidence.load(id)).body['champion'] ?? null;
    if (compared !== champion)
      return `${live.champion ?? 'nothing'} is live, which is not what the evaluation compared with: evaluate again`;
  }
  return null;
}

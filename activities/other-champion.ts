import type { Evidence } from '../domain/evidence/evidence.js';
import type { AliasRoute, RegistryStore } from '../domain/ports/registry-store.js';
import { subjectOf } from './predictions.js';

/**
 * Why the evaluations say nothing about a release now: nobody compared the version with what went live since. Null where
 * somebody did.
 */
export async function otherChampion(
  registry: Pick<RegistryStore, 'version'>,
  { evaluations, project, live }: { evaluations: readonly Evidence[]; project: string; live: AliasRoute },
): Promise<string | null> {
  const champion = live.champion === null ? null : subjectOf(await registry.version(project, live.champion));
  const isCompared = evaluations.every(({ body }) => (body['champion'] ?? null) === champion);
  return isCompared
    ? null
    : `${live.champion ?? 'nothing'} is live, which is not what the evaluation compared with: evaluate again`;
}

import type { LiveView } from '../../domain/api/live.js';
import { signedFacts } from '../../domain/checklist/signed-facts.js';
import type { AliasAt } from '../../db/views/alias-at.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

type Version = LiveView['versions'][number];

/** The versions that an alias gave traffic, each with what was signed for it. */
export const liveVersions = (
  stores: Pick<ApiStores, 'registry' | 'released'>,
  keys: SigningKeys,
  { project, found }: { project: string; found: AliasAt },
): Promise<Version[]> =>
  Promise.all(
    found.routes
      .filter(({ weight }) => weight > 0)
      .map(async ({ versionId, weight }): Promise<Version> => {
        const { runId, baseModel, trained, evidence } = await stores.registry.version(project, versionId);
        return {
          id: versionId,
          weight,
          isChampion: found.champion === versionId,
          runId,
          baseModel,
          provider: trained.provider,
          providerModel: trained.model,
          weights: trained.weights?.digest ?? null,
          training: evidence,
          approval: await approvalOf(stores, keys, runId),
        };
      }),
  );

async function approvalOf(
  { released }: Pick<ApiStores, 'released'>,
  { instance, publicKey }: SigningKeys,
  runId: string,
): Promise<Version['approval']> {
  const file = await released(runId);
  if (file === undefined) return null;
  const { approval, waivers } = signedFacts(file, instance, publicKey);
  const { evaluations, gateVerdicts, dataAnswers } = file.request.subject;
  return {
    request: approval.id,
    policy: approval.policy,
    subjectDigest: approval.subjectDigest,
    approvedAt: file.now,
    decisions: approval.decisions,
    waivers,
    evidence: { evaluations, gateVerdicts, dataAnswers },
  };
}

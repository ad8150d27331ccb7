import type { KeyObject } from 'node:crypto';
import { whyNotServe } from '../../domain/approvals/may-serve.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import type { ArtifactStore } from '../../domain/ports/artifact-store.js';
import type { ModelVersion, RegistryStore } from '../../domain/ports/registry-store.js';
import type { EvidenceStore } from '../../domain/ports/run-store.js';
import { createTimedMemo } from './timed-memo.js';

export interface VerdictOptions {
  registry: Pick<RegistryStore, 'version'>;
  /** The approved request of a run as it stood when it was closed. */
  released: (runId: string) => Promise<RequestFile | undefined>;
  evidence: Pick<EvidenceStore, 'load'>;
  /** Where the weights are kept, if this process can see them. */
  artifacts?: ArtifactStore | undefined;
  instance: string;
  publicKey: KeyObject;
  clock: () => number;
}

/** `reason`: why the version may not be served, or null where it may. */
export interface VersionVerdict {
  version: ModelVersion | undefined;
  reason: string | null;
}

export interface VersionQuestion {
  project: string;
  alias: string;
  versionId: string;
}

/** A decision that no longer verifies stops serving within this time. */
const VERDICT_MILLISECONDS = 2000;
/** Reading weights through costs more: once in this time. */
const WEIGHTS_MILLISECONDS = 60_000;

/**
 * Judges against Postgres whether a version may answer: signed decisions, the content that they bind, and that this
 * content is still there unaltered. See `whyNotServe` for what counts after a release. A verdict counts for two
 * seconds; while Postgres does not answer there is no verdict and nothing is served on an older one.
 */
export function createVersionVerdicts(options: VerdictOptions): (question: VersionQuestion) => Promise<VersionVerdict> {
  const { artifacts, clock } = options;
  const weights = createTimedMemo({
    load: async (digest) => (await artifacts?.verify(digest as `sha256:${string}`)) ?? true,
    milliseconds: WEIGHTS_MILLISECONDS,
    clock,
  });
  const verdicts = createTimedMemo({
    load: (key) => judge(JSON.parse(key) as VersionQuestion, options, weights),
    milliseconds: VERDICT_MILLISECONDS,
    clock,
  });
  return ({ project, alias, versionId }) => verdicts(JSON.stringify({ project, alias, versionId }));
}

async function judge(
  { project, alias, versionId }: VersionQuestion,
  { registry, released, evidence, instance, publicKey, clock }: VerdictOptions,
  areWeightsIntact: (digest: string) => Promise<boolean>,
): Promise<VersionVerdict> {
  const version = await registry.version(project, versionId).catch(undefinedWhenMissing);
  if (version === undefined) return { version, reason: 'there is no such version' };
  const file = await released(version.runId);
  const reason = whyNotServe(
    { version, alias, released: file, now: new Date(clock()).toISOString() },
    instance,
    publicKey,
  );
  if (reason !== null || file === undefined) return { version, reason };
  const altered = await findAltered(file, version, evidence);
  if (altered !== null) return { version, reason: altered };
  const { weights } = version.trained;
  const isIntact = weights === null || (await areWeightsIntact(weights.digest));
  return { version, reason: isIntact ? null : 'the stored weights are missing or altered' };
}

/** Evidence that was signed for and is no longer what it was. */
async function findAltered(
  { request: { subject } }: RequestFile,
  version: ModelVersion,
  evidence: Pick<EvidenceStore, 'load'>,
): Promise<string | null> {
  const bound = new Set([...subject.evaluations, subject.gateVerdicts, subject.dataAnswers, version.evidence]);
  for (const id of bound) {
    try {
      await evidence.load(id);
    } catch (error) {
      if (isLifecycleError(error, 'NOT_FOUND') || isLifecycleError(error, 'ARTIFACT'))
        return `evidence ${id} is missing or altered`;
      throw error;
    }
  }
  return null;
}

function undefinedWhenMissing(error: unknown): undefined {
  if (isLifecycleError(error, 'NOT_FOUND')) return undefined;
  throw error;
}

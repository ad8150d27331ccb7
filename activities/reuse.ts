import { Context, log } from '@temporalio/activity';
import type { Evidence } from '../domain/evidence/evidence.js';
import { isDigest, shortDigest, type Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { ReusableStage } from '../domain/kernel/states.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, LeftBehind, RunStore, StageOrigin } from '../domain/ports/run-store.js';
import type { TrainedModel } from '../domain/ports/trainer.js';
import { beating } from './heartbeat.js';
import { championSubject } from './predictions.js';
import { unlessAltered } from './unless-altered.js';

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  registry: RegistryStore;
  artifacts: ArtifactStore;
  models: Record<string, ModelPort>;
}

interface ReuseInput {
  runId: string;
  stage: ReusableStage;
  origin: StageOrigin;
}

/** Takes what another run left in place of doing a stage again, once all of it is found to be there. */
export function createReuseActivities({ runs, evidence, registry, artifacts, models }: Dependencies) {
  /** The first reason why what was left cannot stand for the stage; null where it can. */
  async function flawOf({ runId, stage, origin }: ReuseInput, left: LeftBehind): Promise<string | null> {
    const facts: Evidence[] = [];
    for (const id of left.evidence) {
      const fact = await evidence.load(id).catch(unlessAltered);
      if (fact === null) return `evidence ${shortDigest(id)} was altered`;
      facts.push(fact);
    }
    for (const artifact of new Set([...sealedIn(left), ...facts.flatMap(artifactsOf)])) {
      if (!(await artifacts.verify(artifact))) return `artifact ${artifact} is missing or was altered`;
    }
    if (stage === 'fine-tune') return modelFlaw(left.trained);
    return stage === 'evaluate' ? championFlaw(runId, origin, facts) : null;
  }

  async function modelFlaw(trained: TrainedModel | null): Promise<string | null> {
    if (trained === null) return 'it registered no version';
    const served = await models[trained.provider]?.list(Context.current().cancellationSignal);
    const isServed = served?.includes(trained.model) ?? trained.weights !== null;
    return isServed ? null : `the provider ${trained.provider} does not serve ${trained.model} any more`;
  }

  /** Gates compared with the champion of that time: with another one they say nothing. */
  async function championFlaw(runId: string, origin: StageOrigin, facts: Evidence[]): Promise<string | null> {
    const champion = await championSubject(registry, await runs.load(runId));
    const compared = facts.filter(({ kind }) => kind === 'evaluation').map(({ body }) => body['champion'] ?? null);
    return compared.every((subject) => subject === champion)
      ? null
      : `what is live has changed since ${origin.runId} was evaluated`;
  }

  return {
    /**
     * The result, as this run's. Null where a result under the same key cannot be used: the work is done then.
     * @throws LifecycleError ARTIFACT where a fork cannot go on from what its run left
     */
    reuseStage: (input: ReuseInput): Promise<Record<string, unknown> | null> =>
      beating(async () => {
        const { runId, stage, origin } = input;
        const flaw = await flawOf(input, await runs.leftBy(origin.runId, stage));
        if (flaw === null) return runs.reuseStage(runId, stage, origin);
        if (origin.kind === 'fork')
          throw new LifecycleError(
            'ARTIFACT',
            `What ${stage} left in ${origin.runId} cannot be used: ${flaw}. Fork from ${stage} or earlier.`,
            { run: origin.runId },
          );
        log.warn('a result is not reused', { stage, origin: origin.runId, flaw });
        return null;
      }),
  };
}

/** The blobs that a fact names. */
const artifactsOf = ({ body }: Evidence): Digest[] =>
  [body['artifacts'], body['files']].flatMap((named) => Object.values(Object(named) as object).filter(isDigest));

/** What collect sealed stands in its result, not in its evidence. */
const sealedIn = ({ result }: LeftBehind): Digest[] =>
  ((result['sources'] ?? []) as { raw: Digest; parsed: Digest }[]).flatMap(({ raw, parsed }) => [raw, parsed]);

import type { KeyObject } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { isBoundModel } from '../domain/approvals/bound-model.js';
import { judgeRequest } from '../domain/approvals/judge-request.js';
import type { Digest } from '../domain/kernel/digest.js';
import { isLifecycleError, LifecycleError } from '../domain/kernel/errors.js';
import { isEnded } from '../domain/kernel/states.js';
import type { ApprovalStore, ApprovalSubject } from '../domain/ports/approval-store.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { AliasRoute, RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import { beating } from './heartbeat.js';
import { otherChampion } from './other-champion.js';
import { unlessAltered } from './unless-altered.js';

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  approvals: ApprovalStore;
  registry: RegistryStore;
  artifacts: ArtifactStore;
  models: Record<string, ModelPort>;
  instance: string;
  decisionPublicKey: KeyObject;
}

interface Release {
  runId: string;
  versionId: string;
  requestId: string;
}

interface Refusal {
  reason: string;
  isChanged: boolean;
}
const because = (reason: string): Refusal => ({ reason, isChanged: false });
const changed = (reason: string): Refusal => ({ reason, isChanged: true });

export interface DeployResult {
  revision: number;
  /** Why the release did not happen; null where it did. */
  refusal: string | null;
}

/** Moves of an alias's traffic, each under an approval that is checked again first. */
export function createDeploymentActivities(dependencies: Dependencies) {
  const { runs, evidence, approvals, registry, artifacts, models, instance, decisionPublicKey } = dependencies;

  /** The first reason why this must not be released, or null: decisions, roles as they are now, and every bound byte. */
  async function refusal(release: Release, run: RunRecord, live: AliasRoute): Promise<Refusal | null> {
    const version = await registry.version(run.project, release.versionId);
    const file = await approvals.load(release.requestId);
    const { subject, runId, state } = file.request;
    if (isEnded(run.status)) return because(`the run has ended as ${run.status}`);
    if (runId !== run.id || version.runId !== run.id) return because('the approval is of another run');
    if (state !== 'approved') return because(`the approval is ${state}`);
    const judgement = judgeRequest(file, instance, decisionPublicKey);
    if (judgement.unverified.length > 0) return because(judgement.unverified[0]!.reason);
    if (judgement.outcome !== 'approved') return because('the decisions on file do not satisfy the policy any more');
    if (!isBoundModel(subject, version)) return changed('the model is not the one that was approved');
    if (subject.target.project !== version.project || subject.target.alias !== live.alias)
      return because(`it was approved for the alias ${subject.target.alias} of ${subject.target.project}`);
    const altered = await alteredBinding(subject, version.evidence);
    if (altered !== null) return changed(altered);
    if (live.champion === version.id) return null;
    const evaluations = await Promise.all(subject.evaluations.map((id) => evidence.load(id)));
    const moved = await otherChampion(registry, { evaluations, project: run.project, live });
    return moved === null ? null : changed(moved);
  }

  /** Evidence and artifacts under the signatures, the datasets' among them, and the weights: byte for byte. */
  async function alteredBinding(subject: ApprovalSubject, making: Digest): Promise<string | null> {
    const bound = [...subject.evaluations, subject.gateVerdicts, subject.dataAnswers, making];
    for (const id of bound) {
      const content = await evidence.load(id).catch(unlessAltered);
      if (content === null) return `evidence ${id} is not what was approved`;
      for (const input of content.inputs) if (!bound.includes(input)) bound.push(input);
      for (const artifact of Object.values((content.body['artifacts'] ?? {}) as Record<string, Digest>)) {
        if (!(await artifacts.verify(artifact))) return `artifact ${artifact} is not what was approved`;
      }
    }
    const weights = subject.weights.digest;
    if (weights !== undefined && !(await artifacts.verify(weights)))
      return `the weights ${weights} are not what was approved`;
    return null;
  }

  return {
    /** `isChanged`: the content is no longer what people signed, so their signatures are void. */
    checkRelease: (release: Release): Promise<{ refusal: string | null; isChanged: boolean; route: AliasRoute }> =>
      beating(async () => {
        const run = await runs.load(release.runId);
        const route = await registry.route(run.project, run.plan.deploy.alias);
        const refused = await refusal(release, run, route);
        return { refusal: refused?.reason ?? null, isChanged: refused?.isChanged ?? false, route };
      }),

    async refuseRelease(input: Release & { reason: string; isChanged?: boolean }): Promise<DeployResult> {
      const { runId, versionId, requestId, reason, isChanged = false } = input;
      await approvals.recordAttempt(requestId, versionId, reason);
      if (isChanged) await approvals.close(requestId, 'voided', reason);
      await runs.finishStage({ runId, stage: 'deploy', status: 'refused', summary: { reason }, evidence: [] });
      return { revision: 0, refusal: reason };
    },

    /** One step of the rollout. A first release has nobody to share its traffic with and takes all of it. */
    async shiftTraffic(input: Release & { before: AliasRoute; step: number; revision: number }): Promise<AliasRoute> {
      const { runId, versionId, requestId, before, step, revision } = input;
      const { project, plan } = await runs.load(runId);
      const { traffic } = plan.deploy.rollout[step]!;
      const weight = before.champion === null ? 100 : traffic;
      const rest = weight < 100 ? [{ versionId: before.champion!, weight: 100 - weight }] : [];
      return registry.move({
        project,
        alias: plan.deploy.alias,
        expectedRevision: revision,
        routes: [{ versionId, weight }, ...rest],
        champion: traffic === 100 ? versionId : before.champion,
        runId,
        requestId,
        reason: `step ${step + 1} of ${plan.deploy.rollout.length}: ${weight} %`,
        key: `${runId}/deploy/${step}`,
      });
    },

    /** Asks the provider whether it still serves the version. @throws NOT_FOUND where it does not. */
    verifyServing: ({ runId, versionId }: Release): Promise<void> =>
      beating(async () => {
        const { project } = await runs.load(runId);
        const { provider, model } = (await registry.version(project, versionId)).trained;
        const names = await models[provider]?.list(Context.current().cancellationSignal);
        if (names?.includes(model)) return;
        throw new LifecycleError('NOT_FOUND', `The provider ${provider} does not serve ${model} any more.`);
      }),

    /** Puts the alias back, unless somebody else has moved it since. */
    async rollBack(input: Release & { before: AliasRoute; revision: number }): Promise<void> {
      const { runId, requestId, before, revision } = input;
      if (revision === before.revision) return;
      const { project, plan } = await runs.load(runId);
      const back = {
        project,
        alias: plan.deploy.alias,
        expectedRevision: revision,
        routes: before.routes,
        champion: before.champion,
        runId,
        requestId,
        reason: 'rolled back',
        key: `${runId}/deploy/roll-back`,
      };
      await registry.move(back).catch((error: unknown) => {
        if (!isLifecycleError(error, 'CONFLICT')) throw error;
      });
    },

    /** The requests about the same alias that are still open. */
    async openApprovals({ runId }: { runId: string }): Promise<{ requestIds: string[] }> {
      const { project, plan } = await runs.load(runId);
      return { requestIds: await approvals.openFor(project, plan.deploy.alias) };
    },

    async finishDeploy(input: Release & { before: AliasRoute; revision: number }): Promise<DeployResult> {
      const { runId, versionId, before, revision } = input;
      const { plan } = await runs.load(runId);
      const steps = plan.deploy.rollout.map(({ traffic }) => ({ traffic: before.champion === null ? 100 : traffic }));
      const summary = { alias: plan.deploy.alias, versionId, revision, replaced: before.champion, steps };
      await runs.finishStage({ runId, stage: 'deploy', status: 'succeeded', summary, evidence: [] });
      return { revision, refusal: null };
    },
  };
}

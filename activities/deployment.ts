import type { KeyObject } from 'node:crypto';
import { isBoundModel } from '../domain/approvals/bound-model.js';
import { judgeRequest } from '../domain/approvals/judge-request.js';
import type { Digest } from '../domain/kernel/digest.js';
import { isLifecycleError, LifecycleError } from '../domain/kernel/errors.js';
import type { ApprovalStore, ApprovalSubject } from '../domain/ports/approval-store.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { AliasRoute, ModelVersion, RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../domain/ports/run-store.js';
import { beating } from './heartbeat.js';

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

export interface DeployResult {
  revision: number;
  /** Why the release did not happen; null where it did. */
  refusal: string | null;
}

/** Moves of an alias's traffic, each under an approval that is checked again first. */
export function createDeploymentActivities(dependencies: Dependencies) {
  const { runs, evidence, approvals, registry, artifacts, models, instance, decisionPublicKey } = dependencies;

  /** The first reason why this must not be released, or null: decisions, roles as they are now, and every bound byte. */
  async function refusal(release: Release, version: ModelVersion, alias: string): Promise<string | null> {
    const file = await approvals.load(release.requestId);
    const { subject, runId } = file.request;
    if (runId !== release.runId || version.runId !== release.runId) return 'the approval is of another run';
    const judgement = judgeRequest(file, instance, decisionPublicKey);
    if (judgement.unverified.length > 0) return judgement.unverified[0]!.reason;
    if (judgement.outcome !== 'approved') return 'the decisions on file do not satisfy the policy any more';
    if (!isBoundModel(subject, version)) return 'the model is not the one that was approved';
    if (subject.target.project !== version.project || subject.target.alias !== alias)
      return `it was approved for the alias ${subject.target.alias} of ${subject.target.project}`;
    return alteredBinding(subject);
  }

  async function alteredBinding(subject: ApprovalSubject): Promise<string | null> {
    for (const id of [...subject.evaluations, subject.gateVerdicts, subject.dataAnswers]) {
      const content = await evidence.load(id).catch(unlessAltered);
      if (content === null) return `evidence ${id} is not what was approved`;
      for (const artifact of Object.values((content.body['artifacts'] ?? {}) as Record<string, Digest>)) {
        if (!(await artifacts.verify(artifact))) return `artifact ${artifact} is not what was approved`;
      }
    }
    if ('digest' in subject.weights && !(await artifacts.verify(subject.weights.digest)))
      return `the weights ${subject.weights.digest} are not what was approved`;
    return null;
  }

  return {
    async checkRelease(release: Release): Promise<{ refusal: string | null; route: AliasRoute }> {
      const { project, plan } = await runs.load(release.runId);
      const version = await registry.version(project, release.versionId);
      const reason = await beating(() => refusal(release, version, plan.deploy.alias));
      return { refusal: reason, route: await registry.route(project, plan.deploy.alias) };
    },

    async refuseRelease({ runId, versionId, requestId, reason }: Release & { reason: string }): Promise<DeployResult> {
      await approvals.recordAttempt(requestId, versionId, reason);
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

    /** Asks the provider whether it still serves the version. @throws PROVIDER where it does not. */
    async verifyServing({ runId, versionId }: Release): Promise<void> {
      const { project } = await runs.load(runId);
      const { trained } = await registry.version(project, versionId);
      const names = await beating(() => models[trained.provider]!.list());
      if (names.includes(trained.model)) return;
      throw new LifecycleError(
        'NOT_FOUND',
        `The provider ${trained.provider} does not serve ${trained.model} any more.`,
      );
    },

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

function unlessAltered(error: unknown): null {
  if (isLifecycleError(error, 'ARTIFACT') || isLifecycleError(error, 'NOT_FOUND')) return null;
  throw error;
}

import type { KeyObject } from 'node:crypto';
import { bindWeights } from '../domain/approvals/bound-model.js';
import { judgeRequest, type ApprovalJudgement } from '../domain/approvals/judge-request.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Answer } from '../domain/kernel/answers.js';
import type { RequestState } from '../domain/kernel/states.js';
import type { ApprovalStore, ApprovalSubject, ApprovalTerms, RequestFile } from '../domain/ports/approval-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunStore } from '../domain/ports/run-store.js';
import { isNotable, varianceInWords, type Variance } from '../domain/training/variance.js';
import type { CurateResult } from './curate.js';
import type { EvaluateResult } from './evaluation.js';
import type { SealedModel } from './training.js';

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  approvals: ApprovalStore;
  registry: RegistryStore;
  instance: string;
  decisionPublicKey: KeyObject;
}

export interface ConsideredDecision extends Pick<ApprovalJudgement, 'outcome' | 'missing' | 'unwaived'> {
  reason: string;
}

type Ended = Exclude<RequestState, 'open'>;

/** Requests that bind what they ask about, and the counting of what people signed. */
export function createApprovalActivities(dependencies: Dependencies) {
  const { runs, evidence, approvals, registry, instance, decisionPublicKey } = dependencies;
  const judge = (file: RequestFile): ApprovalJudgement => judgeRequest(file, instance, decisionPublicKey);

  return {
    async openApproval(input: {
      runId: string;
      curated: CurateResult;
      model: SealedModel;
      evaluated: EvaluateResult;
    }): Promise<{ requestId: string }> {
      const { runId, curated, model, evaluated } = input;
      const run = await runs.load(runId);
      const { trained, baseModel } = await registry.version(run.project, model.versionId);
      const subject: ApprovalSubject = {
        datasets: Object.fromEntries(curated.splits.map((split) => [split.name, split.datasetId])),
        baseModel,
        weights: bindWeights(trained),
        evaluations: evaluated.evaluations,
        gateVerdicts: evaluated.gates,
        dataAnswers: curated.answers,
        target: { kind: run.plan.deploy.target, project: run.project, alias: run.plan.deploy.alias },
      };
      const { body } = await evidence.load(curated.answers);
      const training = await evidence.load(model.training);
      const others = (await runs.otherRequesters(runId)).filter((principal) => principal !== run.requestedBy);
      const terms: ApprovalTerms = {
        policy: run.plan.approve.policy,
        requester: run.requestedBy,
        ...(others.length > 0 && { alsoRequested: others }),
        answers: body['answers'] as Answer[],
        disclosure: run.plan.deploy.disclosure,
        quote: quoteOf(training.body),
      };
      const request = await approvals.open({
        id: runId,
        runId,
        project: run.project,
        subject,
        terms,
        subjectDigest: digestOf({ subject, terms }),
        policyDigest: digestOf(terms.policy),
        expiresAfterMilliseconds: run.plan.approve.expiresAfterMilliseconds,
      });
      await runs.setWaiting(runId, 'approve', waitingFor(judge(await approvals.load(request.id))));
      return { requestId: request.id };
    },

    /** Looks at the row that a message named; a message without a row that verifies counts for nothing. */
    async considerDecision(input: { requestId: string; decisionId: string | null }): Promise<ConsideredDecision> {
      const { requestId, decisionId } = input;
      const file = await approvals.load(requestId);
      const judgement = judge(file);
      const isStored = [...file.decisions, ...file.waivers].some((row) => row.id === decisionId);
      const flaw = judgement.unverified.find((entry) => entry.id === decisionId)?.reason;
      const refusal = isStored ? flaw : 'no such decision is on file';
      if (decisionId !== null && refusal !== undefined) await approvals.recordAttempt(requestId, decisionId, refusal);
      const waiting = judgement.outcome === 'pending' ? waitingFor(judgement) : null;
      await runs.setWaiting(file.request.runId, 'approve', waiting);
      const { outcome, missing, unwaived } = judgement;
      return { outcome, missing, unwaived, reason: `the policy ${file.request.terms.policy.name} was judged` };
    },

    closeApproval: ({ requestId, state, reason }: { requestId: string; state: Ended; reason: string }): Promise<void> =>
      approvals.close(requestId, state, reason),

    async finishApproval(input: { runId: string; requestId: string; outcome: Ended }): Promise<void> {
      const { runId, requestId, outcome } = input;
      const { request, decisions, waivers } = await approvals.load(requestId);
      const summary = {
        requestId,
        outcome,
        subjectDigest: request.subjectDigest,
        decisions: decisions.map(({ id, principal, role, verdict }) => ({ id, principal, role, verdict })),
        waivers: waivers.map(({ question, principal, role, until }) => ({ question, principal, role, until })),
      };
      const status = outcome === 'approved' ? 'succeeded' : 'refused';
      await runs.finishStage({ runId, stage: 'approve', status, summary, evidence: [] });
    },
  };
}

/** "1 risk, 1 legal and a waiver of QD3", as `assay watch` prints it. */
function waitingFor({ missing, unwaived }: Pick<ApprovalJudgement, 'missing' | 'unwaived'>): string {
  const people = missing.map(({ role, count }) => `${count} ${role}`);
  const waivers = unwaived.map((question) => `a waiver of ${question}`);
  return `waiting for ${[...people, ...waivers].join(', ')}`;
}

/** The quote as evidence has it; a variance worth a word beside it. */
function quoteOf(body: Record<string, unknown>): ApprovalTerms['quote'] {
  const variance = body['variance'] as Variance | undefined;
  return {
    ...(body['quote'] as ApprovalTerms['quote']),
    ...(variance && isNotable(variance) && { variance: varianceInWords(variance) }),
  };
}

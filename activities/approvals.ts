import type { KeyObject } from 'node:crypto';
import { bindWeights } from '../domain/approvals/bound-model.js';
import { judgeRequest, type ApprovalJudgement } from '../domain/approvals/judge-request.js';
import { digestOf } from '../domain/evidence/canonical.js';
import type { Evidence } from '../domain/evidence/evidence.js';
import type { Answer } from '../domain/kernel/answers.js';
import { approvalMarks, type ApprovalMark } from '../domain/kernel/approval-marks.js';
import type { Missing } from '../domain/kernel/approval.js';
import type { Digest } from '../domain/kernel/digest.js';
import type { RequestState } from '../domain/kernel/states.js';
import type {
  ApprovalRequest,
  ApprovalStore,
  ApprovalSubject,
  ApprovalTerms,
  RequestFile,
} from '../domain/ports/approval-store.js';
import type { RegistryStore } from '../domain/ports/registry-store.js';
import type { EvidenceStore, RunRecord, RunStore } from '../domain/ports/run-store.js';
import { isNotable, varianceInWords, type Variance } from '../domain/training/variance.js';
import type { CurateResult } from './curate.js';
import type { EvaluateResult } from './evaluation.js';
import { otherChampion } from './other-champion.js';
import type { SealedModel } from './training.js';
import { unlessAltered } from './unless-altered.js';

interface Dependencies {
  runs: RunStore;
  evidence: EvidenceStore;
  approvals: ApprovalStore;
  registry: RegistryStore;
  instance: string;
  decisionPublicKey: KeyObject;
}

/** `voided`: what is asked about has changed. */
export interface ConsideredDecision extends Pick<ApprovalJudgement, 'missing' | 'unwaived'> {
  outcome: ApprovalJudgement['outcome'] | 'voided';
  reason: string;
}

export interface OpenedApproval {
  requestId: string;
  marks: ApprovalMark[];
}

type Ended = Exclude<RequestState, 'open'>;

const alteredInWords = (id: Digest): string => `evidence ${id} is missing or was altered`;

/** Requests that bind what they ask about, and the counting of what people signed. */
export function createApprovalActivities(dependencies: Dependencies) {
  const { runs, evidence, approvals, registry, instance, decisionPublicKey } = dependencies;
  const judge = (file: RequestFile): ApprovalJudgement => judgeRequest(file, instance, decisionPublicKey);

  /** The first reason why what is asked about is no longer what there is; null where it still is. */
  async function change({ subject, project }: ApprovalRequest): Promise<string | null> {
    const evaluations: Evidence[] = [];
    for (const id of [...subject.evaluations, subject.gateVerdicts, subject.dataAnswers]) {
      const fact = await evidence.load(id).catch(unlessAltered);
      if (fact === null) return alteredInWords(id);
      if (subject.evaluations.includes(id)) evaluations.push(fact);
    }
    const live = await registry.route(project, subject.target.alias);
    return otherChampion(registry, { evaluations, project, live });
  }

  /**
   * Evidence that was altered is not asked about: a request about it would be void at once, and one that an attempt
   * before this one has opened is.
   */
  async function refuseAltered(requestId: string, subject: ApprovalSubject): Promise<void> {
    for (const id of [...subject.evaluations, subject.gateVerdicts]) {
      if ((await evidence.load(id).catch(unlessAltered)) !== null) continue;
      await approvals.close(requestId, 'voided', alteredInWords(id)).catch(unlessAltered);
      await evidence.load(id);
    }
  }

  /** Who signs after others is told when they have. */
  async function tellOfStages({ id, terms }: ApprovalRequest, missing: readonly Missing[]): Promise<void> {
    for (const { name: stage, after = [] } of terms.policy.stages) {
      const lacking = missing.filter((one) => one.stage === stage);
      if (after.length > 0 && lacking.length > 0) await approvals.recordStage(id, { stage, missing: lacking });
    }
  }

  return {
    /** Opens the request of a run; `round` counts up where what was asked about before has changed. */
    async openApproval(input: {
      runId: string;
      round?: number;
      curated: CurateResult;
      model: SealedModel;
      evaluated: EvaluateResult;
    }): Promise<OpenedApproval> {
      const { runId, round = 1, curated, model, evaluated } = input;
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
      const requestId = round === 1 ? runId : `${runId}.${round}`;
      await refuseAltered(requestId, subject);
      const { body } = await evidence.load(curated.answers);
      const training = await evidence.load(model.training);
      const { policy, risk, expiresAfterMilliseconds } = run.plan.approve;
      const terms: ApprovalTerms = {
        policy,
        ...(await partIn(runs, run)),
        answers: body['answers'] as Answer[],
        disclosure: run.plan.deploy.disclosure,
        quote: quoteOf(training.body),
        ...(risk !== undefined && { risk }),
      };
      const request = await approvals.open({
        id: requestId,
        runId,
        project: run.project,
        subject,
        terms,
        subjectDigest: digestOf({ subject, terms }),
        policyDigest: digestOf(policy),
        expiresAfterMilliseconds,
      });
      await runs.setWaiting(runId, 'approve', waitingFor(judge(await approvals.load(request.id))));
      return { requestId: request.id, marks: approvalMarks(policy, expiresAfterMilliseconds) };
    },

    /** Looks at the row that a message named; a message without a row that verifies counts for nothing. */
    async considerDecision(input: { requestId: string; decisionId: string | null }): Promise<ConsideredDecision> {
      const { requestId, decisionId } = input;
      const file = await approvals.load(requestId);
      const { request } = file;
      const judgement = judge(file);
      const isStored = [...file.decisions, ...file.waivers].some((row) => row.id === decisionId);
      const flaw = judgement.unverified.find((entry) => entry.id === decisionId)?.reason;
      const refusal = isStored ? flaw : 'no such decision is on file';
      if (decisionId !== null && refusal !== undefined) await approvals.recordAttempt(requestId, decisionId, refusal);
      const { outcome, missing, unwaived } = judgement;
      const voided = outcome === 'rejected' || outcome === 'changes-requested' ? null : await change(request);
      await runs.setWaiting(request.runId, 'approve', outcome === 'pending' ? waitingFor(judgement) : null);
      if (voided !== null) return { outcome: 'voided', missing, unwaived, reason: voided };
      if (outcome === 'pending') await tellOfStages(request, missing);
      return { outcome, missing, unwaived, reason: `the policy ${request.terms.policy.name} was judged` };
    },

    /** Reminds those who are missing, or says that others may sign now; where nobody is missing, nothing. */
    async markApproval({ requestId, mark }: { requestId: string; mark: ApprovalMark }): Promise<void> {
      const { missing } = judge(await approvals.load(requestId));
      if (mark.kind === 'reminder') {
        if (missing.length > 0) await approvals.recordReminder(requestId, { percent: mark.percent, missing });
        return;
      }
      const { stage, role, to } = mark;
      const isMissing = missing.some((one) => one.stage === stage && one.role === role);
      if (isMissing) await approvals.recordEscalation(requestId, { stage, role, to });
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

/** Who had a part in what a run made, as far as the policy asks about it: bound by value, and small where it does not. */
async function partIn(
  runs: Pick<RunStore, 'otherRequesters' | 'authorsOf'>,
  { id, requestedBy: requester, plan }: RunRecord,
): Promise<Pick<ApprovalTerms, 'requester' | 'alsoRequested' | 'trainers' | 'dataAuthors' | 'recipeAuthors'>> {
  const others = (await runs.otherRequesters(id)).filter((principal) => principal !== requester);
  const { fourEyes } = plan.approve.policy;
  const asks =
    fourEyes.excludeTrainer === true || fourEyes.excludeDataAuthors === true || fourEyes.excludeRecipeAuthors === true;
  const authors = asks ? await runs.authorsOf(id) : { trainers: [], dataAuthors: [], recipeAuthors: [] };
  const inSources = plan.data.sources.flatMap((source) => source.authors ?? []);
  const parts = {
    alsoRequested: others,
    trainers: fourEyes.excludeTrainer === true ? authors.trainers : [],
    dataAuthors: fourEyes.excludeDataAuthors === true ? [...inSources, ...authors.dataAuthors] : [],
    recipeAuthors: fourEyes.excludeRecipeAuthors === true ? [...(plan.authors ?? []), ...authors.recipeAuthors] : [],
  };
  const named = Object.entries(parts).filter(([, people]) => people.length > 0);
  return { requester, ...Object.fromEntries(named.map(([part, people]) => [part, [...new Set(people)].toSorted()])) };
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

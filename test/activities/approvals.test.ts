import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../db/pool.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { rewriteEvidence as rewriteAsOwner } from '../support/rewrite-evidence.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(200, { models: { local: answeringModel().model } });
});
afterAll(() => world.close());

let count = 0;
function ownPlan(over: Partial<LifecyclePlan> = {}): LifecyclePlan {
  const alias = `asked-${++count}`;
  return toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias }, ...over });
}

/** A run up to its open request. */
async function asked(plan: LifecyclePlan) {
  const { runId, curated } = await world.curatedRun(plan);
  const model = await world.registered(runId);
  const versionId = model.versionId;
  const predictions = [await world.perform('predictTask', { runId, task: 'triage', curated, versionId })];
  const evaluated = await world.perform('judgeEvaluation', { runId, curated, model, predictions });
  const opened = await world.perform('openApproval', { runId, curated, model, evaluated });
  return { runId, curated, model, evaluated, ...opened };
}
type Asked = Awaited<ReturnType<typeof asked>>;

const look = ({ requestId }: Asked) => world.perform('considerDecision', { requestId, decisionId: null });

async function rewriteEvidence(id: Digest, from: string, to: string): Promise<void> {
  const owner = createDatabase(world.ownerUrl);
  try {
    await rewriteAsOwner(owner.pool, id, [from, to]);
  } finally {
    await owner.close();
  }
}

const eventsOf = async ({ requestId }: Asked, action: string) =>
  (
    await world.db.execute<{ details: Record<string, unknown> }>(
      `select details from audit_event where action = '${action}' and subject = '${requestId}'`,
    )
  ).rows.map(({ details }) => details);

describe('a request whose content changes', () => {
  it('is voided by one byte of evidence, however well it was signed', async () => {
    const run = await asked(ownPlan());
    await world.sign(run.requestId);
    expect(await look(run)).toMatchObject({ outcome: 'approved' });
    await rewriteEvidence(run.evaluated.gates, '"gates"', '"gAtes"');
    expect(await look(run)).toMatchObject({
      outcome: 'voided',
      reason: `evidence ${run.evaluated.gates} is missing or was altered`,
    });
  });

  it('is voided by a second attempt to open it, too, where that finds it altered', async () => {
    const run = await asked(ownPlan());
    const { runId, curated, model, evaluated, requestId } = run;
    await rewriteEvidence(evaluated.evaluations[0]!, '"scores"', '"sc0res"');
    const again = world.perform('openApproval', { runId, curated, model, evaluated });
    await expect(again).rejects.toThrow('is not what its id was taken of');
    expect((await world.dependencies.approvals.load(requestId)).request.state).toBe('voided');
  });

  it('is voided when another version goes live, and asked about again on a comparison with that one', async () => {
    const plan = ownPlan();
    const [waiting, other] = [await asked(plan), await asked(plan)];
    await world.sign(other.requestId);
    await world.perform('closeApproval', { requestId: other.requestId, state: 'approved', reason: 'test' });
    const release = { runId: other.runId, versionId: other.model.versionId, requestId: other.requestId };
    const { route } = await world.perform('checkRelease', release);
    const last = plan.deploy.rollout.length - 1;
    await world.perform('shiftTraffic', { ...release, before: route, step: last, revision: route.revision });
    expect(await world.perform('openApprovals', { runId: other.runId })).toEqual({ requestIds: [waiting.requestId] });

    await world.sign(waiting.requestId);
    const voided = await look(waiting);
    expect(voided.outcome).toBe('voided');
    expect(voided.reason).toMatch(/is live, which is not what the evaluation compared with/);
    const { runId, curated, model, requestId } = waiting;
    await world.perform('closeApproval', { requestId, state: 'voided', reason: voided.reason });

    const again = { runId, task: 'triage', curated, versionId: model.versionId };
    const predictions = [await world.perform('predictTask', again)];
    const stage = 'approve' as const;
    const evaluated = await world.perform('judgeEvaluation', { runId, curated, model, predictions, stage });
    expect(evaluated.evaluations).not.toEqual(waiting.evaluated.evaluations);
    const next = await world.perform('openApproval', { runId, round: 2, curated, model, evaluated });
    expect(next.requestId).toBe(`${runId}.2`);
    // No signature of the request before counts for this one.
    const considered = await world.perform('considerDecision', { requestId: next.requestId, decisionId: null });
    expect(considered).toMatchObject({ outcome: 'pending', missing: [{ role: 'risk' }, { role: 'legal' }] });
    await world.sign(next.requestId);
    const signed = await world.perform('considerDecision', { requestId: next.requestId, decisionId: null });
    expect(signed.outcome).toBe('approved');
  });

  it('after the approval ends it as voided, and the run with it', async () => {
    const run = await asked(ownPlan());
    await world.sign(run.requestId);
    const { requestId, runId } = run;
    await world.perform('closeApproval', { requestId, state: 'approved', reason: 'test' });
    await rewriteEvidence(run.evaluated.gates, '"gates"', '"gAtes"');
    const release = { runId, versionId: run.model.versionId, requestId };
    const { refusal, isChanged } = await world.perform('checkRelease', release);
    expect(isChanged).toBe(true);
    await world.perform('refuseRelease', { ...release, reason: refusal ?? '', isChanged });
    const { request, closed } = await world.dependencies.approvals.load(requestId);
    expect(request.state).toBe('voided');
    expect(closed?.reason).toBe(refusal);
  });
});

describe('what is said of an open request', () => {
  it('reminds those who are missing once for each part of the time, and lets others in where somebody is', async () => {
    const policy: ApprovalPolicy = {
      ...toyPlan().approve.policy,
      stages: [
        {
          name: 'release',
          roles: [
            { role: 'risk', count: 1, escalate: [{ after: '1h', to: 'ml-lead' }] },
            { role: 'legal', count: 1 },
          ],
        },
      ],
    };
    const run = await asked(ownPlan({ approve: { policy, expiresAfterMilliseconds: 8 * 3_600_000 } }));
    expect(run.marks.map(({ kind }) => kind)).toEqual(['escalation', 'reminder', 'reminder']);
    const { requestId } = run;
    for (const mark of [...run.marks, ...run.marks]) await world.perform('markApproval', { requestId, mark });
    expect((await eventsOf(run, 'approval.reminded')).map(({ percent }) => percent)).toEqual([50, 90]);
    expect(await eventsOf(run, 'approval.escalated')).toMatchObject([
      { stage: 'release', role: 'risk', to: 'ml-lead' },
    ]);
    await world.sign(requestId);
    await world.perform('markApproval', {
      requestId,
      mark: { kind: 'reminder', percent: 95, afterMilliseconds: 1 },
    });
    expect(await eventsOf(run, 'approval.reminded')).toHaveLength(2);
  });
});

describe('stages that are signed one after the other', () => {
  it('are told of as they begin, and once', async () => {
    const policy: ApprovalPolicy = {
      ...toyPlan().approve.policy,
      stages: [
        { name: 'risk', roles: [{ role: 'risk', count: 1 }] },
        { name: 'release', after: ['risk'], roles: [{ role: 'legal', count: 2 }] },
      ],
    };
    const run = await asked(ownPlan({ approve: { policy, expiresAfterMilliseconds: 3_600_000 } }));
    const opened = () => eventsOf(run, 'approval.stage-opened');
    await look(run);
    expect(await opened()).toEqual([]);
    await world.sign(run.requestId, { risk: 'risk', legal: 'release' });
    for (const _ of [1, 2]) await look(run);
    expect(await opened()).toMatchObject([{ stage: 'release', missing: [{ role: 'legal', count: 1 }] }]);
  });
});

describe('who had a part in what is asked about', () => {
  const strict = { excludeRequester: true, excludeTrainer: true, excludeDataAuthors: true, excludeRecipeAuthors: true };

  it('is bound by value where the policy asks, from the file and from what is on file', async () => {
    const plan = ownPlan();
    const approve = { ...plan.approve, policy: { ...plan.approve.policy, fourEyes: strict }, risk: 'low' as const };
    const [source] = plan.data.sources;
    const data = { ...plan.data, sources: [{ ...source!, authors: ['mia'] }] };
    const run = await asked({ ...plan, approve, data, authors: ['kim', 'ada'] });
    const { terms } = (await world.dependencies.approvals.load(run.requestId)).request;
    expect(terms).toMatchObject({ requester: 'ada', dataAuthors: ['mia'], recipeAuthors: ['ada', 'kim'], risk: 'low' });
    const silent = await asked(ownPlan());
    const bound = (await world.dependencies.approvals.load(silent.requestId)).request.terms;
    expect(Object.keys(bound).toSorted()).toEqual(['answers', 'disclosure', 'policy', 'quote', 'requester']);
    expect((await world.dependencies.runs.load(silent.runId)).project).toBe(PROJECT);
  });
});

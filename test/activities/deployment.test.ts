import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
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
/** A lifecycle whose alias nothing else moves. */
function ownPlan(over: Partial<LifecyclePlan> = {}): LifecyclePlan {
  const alias = `alias-${++count}`;
  return toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias }, ...over });
}

const approved = (plan = ownPlan()) => world.approvedRun(plan);
type Approved = Awaited<ReturnType<typeof approved>>;

const aliasOf = async ({ release }: Approved) => (await world.dependencies.runs.load(release.runId)).plan.deploy.alias;
const routeOf = async (run: Approved) => world.dependencies.registry.route(PROJECT, await aliasOf(run));

/** Changes the last byte of a blob on the disk. */
async function alter(digest: Digest): Promise<void> {
  const hex = digest.slice('sha256:'.length);
  const path = join(world.folder, 'artifacts', 'blobs', 'sha256', hex.slice(0, 2), hex);
  const bytes = await readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(path, bytes);
}

/** What the owner of the database can do who wants to. */
async function asOwner<T>(work: (owner: OpenDatabase) => Promise<T>): Promise<T> {
  const owner = createDatabase(world.ownerUrl);
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}

const rewriteEvidence = (id: Digest, from: string, to: string): Promise<void> =>
  asOwner(({ pool }) => rewriteAsOwner(pool, id, [from, to]));

async function deployStep(run: Approved, step: number) {
  const { route } = await world.perform('checkRelease', run.release);
  return world.perform('shiftTraffic', { ...run.release, before: route, step, revision: route.revision });
}

const refusalOf = async (run: Approved): Promise<string | null> =>
  (await world.perform('checkRelease', run.release)).refusal;

describe('a release', () => {
  it('goes on when everything is as it was approved', async () => {
    const run = await approved();
    expect(await refusalOf(run)).toBeNull();
  });

  it('is refused when one byte of the weights has changed, and moves nothing', async () => {
    const run = await approved();
    await alter(run.model.subject);
    expect(await refusalOf(run)).toBe(`the weights ${run.model.subject} are not what was approved`);
    const refused = await world.perform('refuseRelease', { ...run.release, reason: 'the weights were altered' });
    expect(refused).toEqual({ revision: 0, refusal: 'the weights were altered' });
    expect(await routeOf(run)).toMatchObject({ revision: 0, routes: [] });
  });

  it('is refused when one byte of the predictions, or of the data, has changed', async () => {
    const judged = await approved();
    await alter(judged.predictions[0]!.candidate);
    expect(await refusalOf(judged)).toContain('is not what was approved');
    // The same mails: the same blobs. Each is put back before the next one is altered.
    await alter(judged.predictions[0]!.candidate);
    const run = await approved();
    expect(await refusalOf(run)).toBeNull();
    const { artifact } = run.curated.splits.find(({ name }) => name === 'train')!;
    await alter(artifact);
    expect(await refusalOf(run)).toBe(`artifact ${artifact} is not what was approved`);
    await alter(artifact);
  });

  it('attack 4: is refused when a row of the evidence was rewritten', async () => {
    const run = await approved();
    await rewriteEvidence(run.evaluated.gates, '"verdict":"pass"', '"verdict":"fail"');
    expect(await refusalOf(run)).toBe(`evidence ${run.evaluated.gates} is not what was approved`);
    await rewriteEvidence(run.evaluated.gates, '"verdict":"fail"', '"verdict":"pass"');
  });

  it('attack 5: is refused under the approval of another run', async () => {
    const [run, other] = [await approved(), await approved()];
    const crossed = { ...run.release, requestId: other.release.requestId };
    expect((await world.perform('checkRelease', crossed)).refusal).toBe('the approval is of another run');
  });

  it('attack 8: is refused once a signer does not hold the role any more', async () => {
    const run = await approved();
    const role = { principal: 'ruth', project: PROJECT, role: 'risk' } as const;
    await asOwner(({ db }) => createAccounts(db).revokeRole(role, 'test'));
    expect(await refusalOf(run)).toBe('the decisions on file do not satisfy the policy any more');
    await asOwner(({ db }) => createAccounts(db).grantRole(role, 'test'));
    expect(await refusalOf(run)).toBeNull();
  });

  it('is refused under a request that ended in another way, whatever was signed', async () => {
    const { runId, curated } = await world.curatedRun(ownPlan());
    const model = await world.registered(runId);
    const predictions = [
      await world.perform('predictTask', { runId, task: 'triage', curated, versionId: model.versionId }),
    ];
    const evaluated = await world.perform('judgeEvaluation', { runId, curated, model, predictions });
    const { requestId } = await world.perform('openApproval', { runId, curated, model, evaluated });
    await world.sign(requestId);
    await world.perform('closeApproval', { requestId, state: 'voided', reason: 'the run was cancelled' });
    const release = { runId, versionId: model.versionId, requestId };
    expect((await world.perform('checkRelease', release)).refusal).toBe('the approval is voided');
  });

  it('is refused for a run that has ended', async () => {
    const run = await approved();
    await world.dependencies.runs.finish(run.release.runId, 'cancelled', 'cancelled on command');
    expect(await refusalOf(run)).toBe('the run has ended as cancelled');
  });

  it('is refused when another version went live since it was compared', async () => {
    const plan = ownPlan();
    const [first, second] = [await approved(plan), await approved(plan)];
    await deployStep(first, 1);
    expect(await refusalOf(first)).toBeNull();
    expect(await refusalOf(second)).toContain('which is not what the evaluation compared with');
  });

  it('moves the alias once for a step, whoever repeats it', async () => {
    const run = await approved();
    const moved = await deployStep(run, 0);
    const { route } = await world.perform('checkRelease', run.release);
    expect(moved).toEqual(route);
    const before = { ...route, revision: 0, routes: [], champion: null };
    expect(await world.perform('shiftTraffic', { ...run.release, before, step: 0, revision: 0 })).toEqual(moved);
    expect(await routeOf(run)).toEqual(moved);
  });

  it('puts the alias back to where it was, but not from where somebody else has put it since', async () => {
    const run = await approved();
    const before = await routeOf(run);
    const { revision } = await deployStep(run, 0);
    const back = { ...run.release, before, revision };
    await world.perform('rollBack', back);
    await world.perform('rollBack', back);
    expect(await routeOf(run)).toMatchObject({ revision: 2, routes: [], champion: null });

    const other = await approved();
    const start = await routeOf(other);
    const shifted = await deployStep(other, 0);
    const elsewhere = await world.perform('shiftTraffic', {
      ...other.release,
      before: start,
      step: 1,
      revision: shifted.revision,
    });
    await world.perform('rollBack', { ...other.release, before: start, revision: shifted.revision });
    expect(await routeOf(other)).toEqual(elsewhere);
  });

  it('fails for good when the provider does not serve the version any more', async () => {
    const run = await approved();
    await expect(world.perform('verifyServing', run.release)).rejects.toMatchObject({ type: 'NOT_FOUND' });
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(200, { models: { local: answeringModel().model } });
});
afterAll(() => world.close());

let count = 0;
/** A model that is live, with its run ended. */
async function liveModel(): Promise<string> {
  const name = `model-${++count}`;
  const { release } = await world.approvedRun(toyPlan({ name, deploy: { ...toyPlan().deploy, alias: name } }));
  const { route } = await world.perform('checkRelease', release);
  await world.perform('shiftTraffic', { ...release, before: route, step: 1, revision: 0 });
  await world.dependencies.runs.finish(release.runId, 'succeeded', null);
  return name;
}

const manual = (name: string, key: string): Promise<{ triggerId: string }> =>
  world.dependencies.retrain.record({ project: PROJECT, name, kind: 'manual', key });

async function outcomeOf(triggerId: string): Promise<string | null> {
  const { rows } = await world.db.execute<{ outcome: string }>(
    sql`select outcome from trigger where id = ${triggerId}`,
  );
  return rows[0]?.outcome ?? null;
}

async function runsOf(triggerId: string): Promise<string[]> {
  const { rows } = await world.db.execute<{ id: string }>(
    sql`select id from lifecycle_run where trigger_id = ${triggerId}`,
  );
  return rows.map(({ id }) => id);
}

describe('a trigger', () => {
  it('starts one run, also where the attempt dies between the request and its note', async () => {
    const name = await liveModel();
    const { triggerId } = await manual(name, 'once');
    const { retrain } = world.dependencies;
    const dying = { ...retrain, settle: async () => Promise.reject(new Error('killed here')) };
    const input = { project: PROJECT, name, triggerId };
    await expect(world.attempt('considerTrigger', input, { over: { retrain: dying } }).result).rejects.toThrow(
      'killed',
    );
    expect(await world.perform('considerTrigger', input)).toMatchObject({ action: 'start', kind: 'manual' });
    const [runId, ...others] = await runsOf(triggerId);
    expect(others).toEqual([]);
    expect(await outcomeOf(triggerId)).toContain(`${runId} was requested`);
  });

  it('waits while a run of the lifecycle goes on, and says so', async () => {
    const name = await liveModel();
    const [first, second] = [await manual(name, 'first'), await manual(name, 'second')];
    await world.perform('considerTrigger', { project: PROJECT, name, ...first });
    const waited = await world.perform('considerTrigger', { project: PROJECT, name, ...second });
    expect(waited).toMatchObject({ action: 'wait', kind: 'manual', afterMilliseconds: null });
    expect(await outcomeOf(second.triggerId)).toBe('a run of this lifecycle has not ended');
    expect(await runsOf(second.triggerId)).toEqual([]);
  });

  it('that is not on file is of no kind, starts nothing, and is audited', async () => {
    const name = await liveModel();
    const considered = await world.perform('considerTrigger', { project: PROJECT, name, triggerId: 'forged' });
    expect(considered).toMatchObject({ action: 'wait', kind: null });
    const { rows } = await world.db.execute(
      sql`select details from audit_event where action = 'attempt.refused' and subject = ${`${PROJECT}/${name}`}`,
    );
    expect(rows).toMatchObject([{ details: { named: 'forged' } }]);
  });

  it('of the clock is the same trigger for the same time', async () => {
    const name = await liveModel();
    for (const key of ['monday', 'monday', 'tuesday'])
      await world.perform('recordScheduledTrigger', { project: PROJECT, name, key });
    const { rows } = await world.db.execute(sql`select kind from trigger where name = ${name}`);
    expect(rows).toEqual([{ kind: 'schedule' }, { kind: 'schedule' }]);
  });
});

describe('a run that has ended', () => {
  it('is not begun again, whoever starts its workflow', async () => {
    const runId = await world.requestRun();
    await world.dependencies.runs.finish(runId, 'cancelled', 'cancelled on command');
    await expect(world.perform('beginRun', { runId })).rejects.toMatchObject({ type: 'CONFLICT', nonRetryable: true });
  });
});

import { CancelledFailure } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { createAccountLimits } from '../../db/stores/account-limits.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createLimits } from '../../workers/limits.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(40);
});
afterAll(() => world.close());

const waitingFor = async (runId: string): Promise<string | null> =>
  (
    await world.db.execute<{ waiting: string | null }>(
      sql`select waiting_for as waiting from stage_run where run_id = ${runId} and stage = 'evaluate'`,
    )
  ).rows[0]?.waiting ?? null;

describe('an evaluation behind the limits of a provider', () => {
  it('says what it waits for, heartbeats, obeys a cancel, and is done once it may go on', async () => {
    const { runId, curated } = await world.curatedRun();
    const { versionId } = await world.registered(runId);
    await createRunStore(world.db).beginStage(runId, 'evaluate');
    const shared = createAccountLimits(world.db);
    const limits = createLimits({ shared, runs: createRunStore(world.db) });
    const account = { account: 'team', limits: { concurrentRequests: 4 } };
    const { model, asked } = answeringModel();
    const over = { models: { local: limits.model('local', account, model) } };
    const input = { runId, task: 'triage', curated, versionId };

    await shared.holdBack('team', 3_600_000);
    const held = world.attempt('predictTask', input, { over });
    const words = /^waiting for the limit of provider local: it asked to wait until [\d:]{8} UTC$/;
    await expect.poll(() => waitingFor(runId)).toMatch(words);
    expect(held.heartbeats.length).toBeGreaterThan(0);
    held.cancel();
    await expect(held.result).rejects.toThrow(CancelledFailure);
    expect(asked()).toBe(0);

    await world.db.execute(sql`update provider_account set held_until = '-infinity' where name = 'team'`);
    await world.attempt('predictTask', input, { over }).result;
    expect(asked()).toBeGreaterThan(0);
    await expect.poll(() => waitingFor(runId)).toBe(null);
  });
});

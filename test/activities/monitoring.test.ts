import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackStore } from '../../db/stores/feedback.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import { maskText } from '../../domain/evidence/masking.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { answeringModel } from '../support/answering-model.js';
import { PROJECT } from '../support/seeded-project.js';
import { toyMail } from '../support/toy-mails.js';
import { toyPlan } from '../support/toy-plan.js';

let world: ActivityWorld;
beforeAll(async () => {
  world = await createActivityWorld(300, { models: { local: answeringModel().model } });
});
afterAll(() => world.close());

let count = 0;
/** An alias with a champion. */
async function live(): Promise<{ alias: string; versionId: string }> {
  const alias = `watched-${++count}`;
  const { release } = await world.approvedRun(toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias } }));
  const { route } = await world.perform('checkRelease', release);
  await world.perform('shiftTraffic', { ...release, before: route, step: 1, revision: 0 });
  return { alias, versionId: release.versionId };
}

/** Traffic of this alias, as the gateway records it. */
async function serve(to: { alias: string; versionId: string }, texts: string[]): Promise<string[]> {
  const batch = texts.map((maskedInput) => ({
    ...to,
    id: randomUUID(),
    at: new Date().toISOString(),
    project: PROJECT,
    itemKey: null,
    maskedInput,
    output: 'ham',
    outcome: 'answered' as const,
    promptTokens: 1,
    completionTokens: 1,
    latencyMilliseconds: 1,
  }));
  await createServedRequests(world.db).recordServed(batch);
  return batch.map(({ id }) => id);
}

const usual = (size: number): string[] =>
  Array.from({ length: size }, (_, number) => maskText(toyMail(number * 3 + 1, 120).text));
const unusual = (size: number): string[] =>
  Array.from({ length: size }, (_, n) => `invoice ${n} overdue remit account`);

async function countOf(table: 'monitor_window' | 'trigger', alias: string): Promise<number> {
  const column = table === 'trigger' ? sql`name` : sql`alias`;
  const { rows } = await world.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where ${column} = ${alias}`,
  );
  return rows[0]!.n;
}

describe('a window of traffic', () => {
  it('that looks like the reference is recorded and triggers nothing', async () => {
    const to = await live();
    await serve(to, usual(100));
    const judged = await world.perform('judgeWindow', { project: PROJECT, alias: to.alias });
    expect(judged).toMatchObject({ verdict: 'no-drift', triggerId: null });
    expect(await countOf('monitor_window', to.alias)).toBe(1);
  });

  it('that drifts is recorded once, with one trigger, however often it is judged', async () => {
    const to = await live();
    const { alias } = to;
    await serve(to, unusual(100));
    const judged = await world.perform('judgeWindow', { project: PROJECT, alias });
    expect(judged.verdict).toBe('drift');
    expect(judged.triggerId).not.toBeNull();
    expect(await world.perform('judgeWindow', { project: PROJECT, alias })).toMatchObject({ windowId: null });
    expect(await countOf('monitor_window', alias)).toBe(1);
    expect(await countOf('trigger', alias)).toBe(1);
  });

  it('is judged by one of two attempts, also where more traffic came between their looks', async () => {
    const to = await live();
    const { alias } = to;
    const { traffic } = world.dependencies;
    await serve(to, unusual(100));
    const late = world.attempt(
      'judgeWindow',
      { project: PROJECT, alias },
      {
        over: {
          traffic: {
            ...traffic,
            recordWindow: async (...window) => {
              await serve(to, unusual(20));
              await world.perform('judgeWindow', { project: PROJECT, alias });
              return traffic.recordWindow(...window);
            },
          },
        },
      },
    );
    expect(await late.result).toMatchObject({ windowId: null, triggerId: null });
    expect(await countOf('monitor_window', alias)).toBe(1);
    expect(await countOf('trigger', alias)).toBe(1);
  });

  it('waits while there is too little of it', async () => {
    const to = await live();
    await serve(to, unusual(49));
    expect(await world.perform('judgeWindow', { project: PROJECT, alias: to.alias })).toMatchObject({ windowId: null });
    expect(await countOf('monitor_window', to.alias)).toBe(0);
  });

  it('is judged on new labels alone where no new traffic came, and moves no further in the traffic', async () => {
    const to = await live();
    const { alias } = to;
    const ids = await serve(to, usual(100));
    await world.perform('judgeWindow', { project: PROJECT, alias });
    const first = await world.dependencies.traffic.lastWindow(PROJECT, alias);
    const items = ids.slice(0, 60).map((requestId, index) => ({ requestId, label: index % 2 === 0 ? 'ham' : 'spam' }));
    await createFeedbackStore(world.db).recordFeedback({ project: PROJECT, alias, principal: 'ada', items });

    const judged = await world.perform('judgeWindow', { project: PROJECT, alias });
    expect(judged).toMatchObject({ verdict: 'too-few', triggerId: null });
    const second = await world.dependencies.traffic.lastWindow(PROJECT, alias);
    expect(second).toMatchObject({ id: judged.windowId, items: 0, labelled: 60, upTo: first!.upTo });
    const { body } = await world.dependencies.evidence.load(second!.evidence);
    expect(body['quality']).toMatchObject({ measured: { status: 'ok' } });
    expect(await world.perform('judgeWindow', { project: PROJECT, alias })).toMatchObject({ windowId: null });
  });
});

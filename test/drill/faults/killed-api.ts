import { isEnded } from '../../../domain/kernel/states.js';
import type { Drill } from '../drill.js';
import { armFailpoint, isArmed } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { isAsked, planNamed, untilRun } from '../scenarios.js';
import { askOnce, must, signatures, startByApi } from '../by-api.js';
import { disturbed } from './disturbed.js';

/** X2: the api is killed between its commit and its reply; the client asks again with the same Idempotency-Key. */
export const killedApi = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release-over-http' }, async (world, acting) => {
    let injected = 0;
    const arm = (request: string): void =>
      armFailpoint(world.failpoints, { at: 'reply', request, occurrence: 1, deed: 'kill' });
    const count = (): number => (injected += isArmed(world.failpoints) ? 0 : 1);
    await world.startWorker();
    await world.startApi();

    arm('POST /v1/runs');
    const runId = await startByApi(world, planNamed('toy-triage'));
    count();
    await untilRun(world, runId, isAsked);
    const asked = await signatures(world, runId);
    for (const one of asked) {
      arm(`${one.method} ${one.path}`);
      await must(world, one);
      count();
    }
    await acting();
    return { planned: asked.length + 1, injected };
  });

/** X3: the api is killed once a decision is stored, before anybody was told of it, and nobody asks again. */
export const killedSigner = (drill: Drill): Promise<Outcome> =>
  disturbed(drill, { scenario: 'release-over-http' }, async (world, acting) => {
    let injected = 0;
    await world.startWorker();
    let api = await world.startApi();
    const runId = await startByApi(world, planNamed('toy-triage'));
    await untilRun(world, runId, isAsked);
    const asked = await signatures(world, runId);
    for (const one of asked) {
      armFailpoint(world.failpoints, {
        at: 'reply',
        request: `${one.method} ${one.path}`,
        occurrence: 1,
        deed: 'kill',
      });
      const answer = await askOnce(world, one).catch(() => undefined);
      if (answer !== undefined) throw new Error(`${one.path} was answered: ${JSON.stringify(answer.body)}`);
      await api.ended;
      injected += isArmed(world.failpoints) ? 0 : 1;
      if (one !== asked.at(-1)) api = await world.startApi();
    }
    // No api and no client is there any more: a worker has to find what they left.
    await untilRun(world, runId, ({ status }) => isEnded(status));
    await acting();
    return { planned: asked.length, injected };
  });

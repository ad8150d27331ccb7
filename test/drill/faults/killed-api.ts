import type { Drill } from '../drill.js';
import { armFailpoint, isArmed } from '../failpoint.js';
import type { Outcome } from '../outcome.js';
import { isAsked, planNamed, untilRun } from '../scenarios.js';
import { must, signatures, startByApi } from '../by-api.js';
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

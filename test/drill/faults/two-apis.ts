import { setTimeout as sleep } from 'node:timers/promises';
import { must, signatures, startByApi, untilAskedByApi } from '../by-api.js';
import type { Drill } from '../drill.js';
import { startServers } from '../servers.js';
import type { Outcome } from '../outcome.js';
import { planNamed } from '../scenarios.js';
import { disturbed } from './disturbed.js';

const CLIENTS = 40;

/**
 * X23: everybody who signs has forty clients, half of them at each of two apis, which ask until they have an answer;
 * when the first has one, Postgres is stopped at once.
 */
export async function twoApis(drill: Drill): Promise<Outcome> {
  const servers = await startServers(() => undefined);
  try {
    return await disturbed(drill, { scenario: 'release-over-http', servers }, async (world, acting) => {
      await world.startWorker();
      const apis = [await world.startApi(), await world.startApi({ at: 1 })];
      const runId = await startByApi(world, planNamed('toy-triage'));
      const { approvalId } = await untilAskedByApi(world, runId);
      const wrong: string[] = [];
      let crash: Promise<void> | undefined;
      const stopAtOnce = async (): Promise<void> => {
        await servers.postgres.crash('SIGQUIT');
        await sleep(500);
        await servers.postgres.start();
      };
      for (const asked of await signatures(world, approvalId ?? '')) {
        const { key, ...keyless } = asked;
        // One of them has the key of a client that repeats itself; what the others say is told apart by its content.
        const sent = Array.from({ length: CLIENTS }, async (_, at) => {
          const answer = await must<object>(world, { ...(at === 0 ? { ...keyless, key: key! } : keyless), at: at % 2 });
          crash ??= stopAtOnce();
          return answer;
        });
        const different = new Set((await Promise.all(sent)).map((body) => JSON.stringify(body)));
        if (different.size > 1) wrong.push(`${asked.path} gave ${different.size} answers: ${[...different].join(' ')}`);
      }
      await crash;
      await acting();
      const ended = apis.flatMap((api) => (api.end() === null ? [] : [`an api ended (${api.end()})`]));
      return { planned: 1, injected: crash === undefined ? 0 : 1, wrong: [...wrong, ...ended] };
    });
  } finally {
    await servers.stop();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../../domain/statistics/random.js';
import type { Drill } from '../drill.js';
import type { Outcome } from '../outcome.js';
import { hasBegun, isAsked, planNamed, requestRun, sign, untilRun } from '../scenarios.js';
import { startServers, type Servers } from '../servers.js';
import type { World } from '../world.js';
import { disturbed } from './disturbed.js';

const quietly = (): void => undefined;

/** These faults hit servers of their own, so that nobody else's lifecycle suffers from them. */
async function onOwnServers(work: (servers: Servers) => Promise<Outcome>): Promise<Outcome> {
  const servers = await startServers(quietly);
  try {
    return await work(servers);
  } finally {
    await servers.stop();
  }
}

/** A worker or an api that was there before is the same process still. */
const survivors = ({ workers }: World): string[] =>
  workers.filter((worker) => worker.end() !== null).map((worker) => `a worker ended (${worker.end()})`);

/**
 * X4: Postgres is stopped at once, as by `pg_ctl -m immediate`, every five to ten seconds, while lifecycles go on over
 * HTTP. The worker and the api outlive it.
 */
export const killedPostgres = (
  drill: Drill,
  scenario: 'load' | 'release-over-http',
  seconds: number,
): Promise<Outcome> =>
  onOwnServers((servers) =>
    disturbed(drill, { scenario, servers }, async (world, acting) => {
      const random = seededRandom(`${drill.seed}/postgres`);
      world.loadSpacingMilliseconds = (seconds * 1_000) / 5;
      await world.startWorker();
      const api = await world.startApi();
      void acting();
      let injected = 0;
      const until = Date.now() + seconds * 1_000;
      while (Date.now() < until) {
        await sleep(5_000 + random.integer(5_000));
        await servers.postgres.crash('SIGQUIT');
        injected += 1;
        await sleep(random.integer(1_000));
        await servers.postgres.start();
      }
      await acting();
      const wrong = [...survivors(world), ...(api.end() === null ? [] : [`the api ended (${api.end()})`])];
      return { planned: injected, injected, wrong };
    }),
  );

/** X5: the Temporal server is killed while a job trains and while people decide; who signs meanwhile is heard. */
export const killedTemporal = (drill: Drill): Promise<Outcome> =>
  onOwnServers((servers) =>
    disturbed(drill, { scenario: 'release', servers }, async (world, acting) => {
      await world.startWorker();
      const runId = await requestRun(world, planNamed('toy-triage'));
      await untilRun(world, runId, (view) => hasBegun(view, 'fine-tune'));
      await servers.temporal.crash('SIGKILL');
      await servers.temporal.start();
      await untilRun(world, runId, isAsked);
      await servers.temporal.crash('SIGKILL');
      await sign(world, runId);
      await servers.temporal.start();
      await acting();
      return { planned: 2, injected: 2, wrong: survivors(world) };
    }),
  );

/** Both servers are away for 20 seconds in the middle of a run. */
export const bothAway = (drill: Drill): Promise<Outcome> =>
  onOwnServers((servers) =>
    disturbed(drill, { scenario: 'release', servers }, async (world, acting) => {
      await world.startWorker();
      const runId = await requestRun(world, planNamed('toy-triage'));
      await untilRun(world, runId, (view) => hasBegun(view, 'curate'));
      await Promise.all([servers.postgres.crash('SIGQUIT'), servers.temporal.crash('SIGKILL')]);
      await sleep(20_000);
      await Promise.all([servers.postgres.start(), servers.temporal.start()]);
      await acting();
      return { planned: 1, injected: 1, wrong: survivors(world) };
    }),
  );

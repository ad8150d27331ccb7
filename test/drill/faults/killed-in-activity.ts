import { setTimeout as sleep } from 'node:timers/promises';
import type { Activities } from '../../../activities/create-activities.js';
import { seededRandom, type Random } from '../../../domain/statistics/random.js';
import { SCENARIO_OF } from '../activities.js';
import { tracedIn, type Baseline, type Traced } from '../baseline.js';
import type { Drill } from '../drill.js';
import { compareFacts, factsOf } from '../facts.js';
import { armFailpoint, isArmed, MOMENTS, type Failpoint } from '../failpoint.js';
import { flawsOf } from '../integrity.js';
import { judged, type Outcome } from '../outcome.js';
import { SCENARIOS } from '../scenarios.js';
import { createWorld } from '../world.js';

const SECOND = 1_000;
const LATE_MILLISECONDS = 5_000;
/** Several messages that come while no worker lives are looked at together: how often they run depends on the kills. */
const BY_MESSAGE: readonly string[] = ['considerDecision', 'considerTrigger', 'takeCommand'];

/** X1: one lifecycle whose worker is killed before, during and after one of its activities; a new one is started each time. */
export async function killedInActivity(drill: Drill, activity: keyof Activities): Promise<Outcome> {
  const scenario = SCENARIO_OF[activity];
  const baseline = await drill.undisturbed(scenario);
  const planned = plan(activity, baseline, seededRandom(`${drill.seed}/${activity}`));
  const { act, mails } = SCENARIOS[scenario];
  const world = await createWorld(drill.servers, { providerUrl: drill.providerUrl, mails });
  try {
    const acting = act(world);
    const over = acting.then(
      () => 'over',
      () => 'over',
    );
    const killedAt: number[] = [];
    for (const failpoint of planned) {
      armFailpoint(world.failpoints, failpoint);
      const worker = await world.startWorker();
      await Promise.race([worker.ended, over]);
      // The last activity's writes end the run for whoever looks, a moment before its worker is killed.
      await Promise.race([worker.ended, untilHit(world.failpoints)]);
      if (isArmed(world.failpoints)) break;
      await worker.ended;
      killedAt.push(Date.now());
    }
    if (world.workers.at(-1)?.end() !== null) await world.startWorker();
    const runs = await acting;
    const flaws = await flawsOf(world);
    const difference = compareFacts(baseline.facts, await factsOf(world, runs));
    const traced = tracedIn(world).filter((one) => one.activity === activity);
    const recoverySeconds = killedAt.map((at) => secondsUntilDone(traced, at));
    return judged({ planned: planned.length, injected: killedAt.length, recoverySeconds }, difference, flaws);
  } finally {
    await world.stop();
  }
}

async function untilHit(folder: string): Promise<void> {
  const deadline = Date.now() + LATE_MILLISECONDS;
  while (isArmed(folder) && Date.now() < deadline) await sleep(50);
}

/** Which execution of the activity, and which of its writes, is chosen at random. */
function plan(activity: string, { traced }: Baseline, random: Random): Failpoint[] {
  const executions = traced.filter((one) => one.activity === activity);
  if (executions.length === 0) throw new Error(`no lifecycle of the drill calls ${activity}`);
  const upTo = (most: number): number => 1 + random.integer(most);
  const fewest = (of: 'writes' | 'reads'): number => Math.min(...executions.map((one) => one[of]));
  const of = fewest('writes') > 0 ? 'writes' : 'reads';
  const during = { moment: 'during', of, nth: upTo(Math.max(1, fewest(of))) } as const;
  let left = executions.length;
  return MOMENTS.map((moment) => {
    const occurrence = BY_MESSAGE.includes(activity) ? 1 : upTo(left);
    left -= occurrence - 1;
    return { at: 'activity', activity, deed: 'kill', occurrence, ...(moment === 'during' ? during : { moment }) };
  });
}

/** Until the activity was done again, by whoever. */
function secondsUntilDone(traced: Traced[], killedAt: number): number {
  const done = traced.find(({ at }) => at > killedAt);
  return done === undefined ? Number.NaN : (done.at - killedAt) / SECOND;
}

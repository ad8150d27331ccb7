import type { Drill } from '../drill.js';
import { compareFacts, factsOf, type Difference, type Facts } from '../facts.js';
import { flawsOf } from '../integrity.js';
import { judged, type Outcome } from '../outcome.js';
import { SCENARIOS, type Scenario } from '../scenarios.js';
import type { Servers } from '../servers.js';
import { createWorld, type World } from '../world.js';

/** What was done to a world while its lifecycle went on. */
export interface Done {
  planned: number;
  injected: number;
  /** What did not hold, beyond what every lifecycle must. */
  wrong?: string[];
  /** What this fault leaves and an undisturbed lifecycle does not. */
  leaves?: Facts['counts'];
}

/**
 * One row of the drill: a lifecycle in a world of its own, something done to it, and then the questions that are asked
 * after every fault. `harm` is called before anything was started; it starts the workers.
 */
export async function disturbed(
  drill: Drill,
  options: { scenario: Scenario; servers?: Servers; providerUrl?: string },
  harm: (world: World, acting: () => Promise<string[]>) => Promise<Done>,
): Promise<Outcome> {
  const { scenario, servers = drill.servers, providerUrl = drill.providerUrl } = options;
  const { facts: expected } = await drill.undisturbed(scenario);
  const { act, mails } = SCENARIOS[scenario];
  const world = await createWorld(servers, { providerUrl, mails });
  try {
    let acted: Promise<string[]> | undefined;
    const acting = (): Promise<string[]> => {
      acted ??= act(world);
      // Heard below, when the harm is done.
      acted.catch(() => undefined);
      return acted;
    };
    const done = await harm(world, acting);
    const runs = await acting();
    const flaws = [...(done.wrong ?? []), ...(await flawsOf(world))];
    return judged(done, differenceOf(expected, await factsOf(world, runs), done.leaves ?? {}), flaws);
  } finally {
    await world.stop();
  }
}

function differenceOf(expected: Facts, found: Facts, leaves: Facts['counts']): Difference {
  const counts = { ...expected.counts };
  for (const [what, more] of Object.entries(leaves)) counts[what] = (counts[what] ?? 0) + more;
  return compareFacts({ ...expected, counts }, found);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runView } from '../../db/views/runs.js';
import { factsOf, type Facts } from './facts.js';
import { flawsOf } from './integrity.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import type { Servers } from './servers.js';
import { createWorld, type World } from './world.js';

/** One execution of an activity, as the worker noted it. */
export interface Traced {
  activity: string;
  writes: number;
  reads: number;
  milliseconds: number;
  /** Its end; milliseconds since the epoch. */
  at: number;
}

export interface Baseline {
  facts: Facts;
  traced: Traced[];
}

export const tracedIn = ({ failpoints }: World): Traced[] =>
  readFileSync(join(failpoints, 'trace.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Traced);

/** A lifecycle that nothing happens to: what the disturbed ones are compared with. */
export async function undisturbed(servers: Servers, providerUrl: string, scenario: Scenario): Promise<Baseline> {
  const { act, mails, ends } = SCENARIOS[scenario];
  const world = await createWorld(servers, { providerUrl, mails });
  try {
    await world.startWorker();
    const runs = await act(world);
    const { status, reason } = (await runView(world.db, runs.at(-1)!))!;
    const unlike = status === ends ? [] : [`the run is ${status} (${reason}), not ${ends}`];
    const flaws = [...unlike, ...(await flawsOf(world))];
    if (flaws.length > 0) throw new Error(`${scenario}, undisturbed, and yet: ${flaws.join('; ')}`);
    return { facts: await factsOf(world, runs), traced: tracedIn(world) };
  } finally {
    await world.stop();
  }
}

import { SCENARIO_OF } from './activities.js';
import type { Drill } from './drill.js';
import { absentProvider, BETRAYALS, betrayingProvider, misbehavingProvider } from './faults/bad-provider.js';
import { diskFull } from './faults/disk-full.js';
import { frozenWorker } from './faults/frozen-worker.js';
import { killedApi, killedSigner } from './faults/killed-api.js';
import { killedDelivery } from './faults/killed-delivery.js';
import { killedInActivity } from './faults/killed-in-activity.js';
import { bothAway, killedPostgres, killedTemporal } from './faults/lost-servers.js';
import {
  repeatedCommands,
  repeatedPosts,
  repeatedSignals,
  signedTooEarly,
  signedWrongly,
} from './faults/many-messages.js';
import { outOfMemory } from './faults/out-of-memory.js';
import { twoApis } from './faults/two-apis.js';
import { wrongClocks } from './faults/wrong-clock.js';
import type { Outcome } from './outcome.js';

export interface Row {
  /** Of the fault matrix. */
  readonly id: string;
  readonly name: string;
  /** Part of what CI runs; of that alone, or of both. */
  readonly in?: 'short' | 'both';
  run(drill: Drill): Promise<Outcome>;
}

/** Those of X1 that stand for all in CI: bookkeeping, an effect on the outside, and one that makes artifacts. */
const SHORT_ACTIVITIES = ['shiftTraffic', 'submitTraining', 'curateData'];
const MINUTE = 60;
const SHORT_SECONDS = 10;

const activities = Object.keys(SCENARIO_OF) as (keyof typeof SCENARIO_OF)[];

/** The longest first: the others fill the lanes beside them. */
const ROWS: readonly Row[] = [
  {
    id: 'X4',
    name: 'Postgres stopped at once every few seconds, under load',
    run: (drill) => killedPostgres(drill, 'load', drill.isLong ? 5 * MINUTE : MINUTE),
  },
  {
    id: 'X4',
    name: 'Postgres stopped at once, under one lifecycle',
    in: 'short',
    run: (drill) => killedPostgres(drill, 'release-over-http', SHORT_SECONDS),
  },
  {
    id: 'X8',
    name: 'worker frozen for a minute in submitTraining',
    run: (drill) => frozenWorker(drill, 'submitTraining'),
  },
  { id: 'X8', name: 'worker frozen for a minute in shiftTraffic', run: (drill) => frozenWorker(drill, 'shiftTraffic') },
  { id: 'X5', name: 'Temporal server killed and started again', in: 'both', run: killedTemporal },
  { id: 'X4 X5', name: 'both servers away for 20 s in the middle of a run', run: bothAway },
  { id: 'X13', name: 'provider away', run: absentProvider },
  { id: 'X13', name: 'provider misbehaves in every kind of request', run: misbehavingProvider },
  ...Object.keys(BETRAYALS).map((what) => ({
    id: 'X14',
    name: `the job ${what}`,
    run: (drill: Drill) => betrayingProvider(drill, what),
  })),
  ...activities.map((activity) => ({
    id: 'X1',
    name: `worker killed before, during and after ${activity}`,
    ...(SHORT_ACTIVITIES.includes(activity) && { in: 'both' as const }),
    run: (drill: Drill) => killedInActivity(drill, activity),
  })),
  { id: 'X2', name: 'api killed between commit and reply', run: killedApi },
  { id: 'X3', name: 'worker killed while it delivers', run: killedDelivery },
  { id: 'X3', name: 'api killed once a decision is stored; nobody asks again', in: 'both', run: killedSigner },
  { id: 'X9', name: "each decision's signal a hundred times, in any order", in: 'both', run: repeatedSignals },
  { id: 'X9', name: 'each decision posted a hundred times at once', run: repeatedPosts },
  { id: 'X9', name: 'pause and resume signalled a hundred times, in any order', run: repeatedCommands },
  { id: 'X10', name: 'signed before anybody waits for it', run: signedTooEarly },
  { id: 'X10', name: 'signed after the end, for no run, and for another', run: signedWrongly },
  {
    id: 'X11',
    name: 'clock of the api two days ahead, of the worker behind',
    run: (drill) => wrongClocks(drill, 1),
  },
  {
    id: 'X11',
    name: 'clock of the api two days behind, of the worker ahead',
    run: (drill) => wrongClocks(drill, -1),
  },
  { id: 'X12', name: 'disk full while artifacts are written', run: diskFull },
  { id: 'X23', name: 'forty clients at two apis, Postgres stopped at once among them', run: twoApis },
  { id: 'X25', name: 'worker out of memory', run: outOfMemory },
];

/** @param only parts of what a row says, or its number */
export function rowsOf({ only, short }: { only?: string | undefined; short: boolean }): Row[] {
  const asked = only?.split(',') ?? [];
  return ROWS.filter((row) => (short ? row.in !== undefined : row.in !== 'short')).filter(
    ({ id, name }) => asked.length === 0 || asked.some((part) => id.split(' ').includes(part) || name.includes(part)),
  );
}

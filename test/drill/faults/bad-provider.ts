import { setTimeout as sleep } from 'node:timers/promises';
import { runView } from '../../../db/views/runs.js';
import { seededRandom } from '../../../domain/statistics/random.js';
import { MISBEHAVIOURS, startBadProvider, type Misbehaviour, type Whim } from '../bad-provider.js';
import type { Drill } from '../drill.js';
import { factsOf } from '../facts.js';
import { flawsOf } from '../integrity.js';
import { judged, type Outcome } from '../outcome.js';
import { hasBegun, planNamed, requestRun, untilEnded, untilRun } from '../scenarios.js';
import { createWorld } from '../world.js';
import { disturbed } from './disturbed.js';

const DOWN_MILLISECONDS = 40_000;
const LONG_DOWN_MILLISECONDS = 600_000;
/** How many of the first requests of each kind go wrong. */
const EACH = 2;

/** `POST /v1/fine_tuning/jobs`, whatever the ids in it are. */
const kindOf = ({ method, path }: { method: string; path: string }): string =>
  `${method} ${path.replace(/(ftjob|file)-[\w-]+/g, '$1')}`;

/** X13: of every kind of request the first ones go wrong, each in another way; creating a job succeeds and says no. */
export async function misbehavingProvider(drill: Drill): Promise<Outcome> {
  const random = seededRandom(`${drill.seed}/provider`);
  const seen = new Map<string, number>();
  let injected = 0;
  const whim: Whim = (asked) => {
    const kind = kindOf(asked);
    const times = seen.get(kind) ?? 0;
    seen.set(kind, times + 1);
    if (times >= EACH) return undefined;
    injected += 1;
    if (kind === 'POST /v1/fine_tuning/jobs') return 'lost-answer';
    // An upload has no key by which it would be found again: what it leaves twice is a file, not a job.
    return MISBEHAVIOURS[random.integer(MISBEHAVIOURS.length)];
  };
  const provider = await startBadProvider(drill.providerUrl, whim);
  try {
    return await disturbed(drill, { scenario: 'release', providerUrl: provider.url }, async (world, acting) => {
      await world.startWorker();
      await acting();
      world.providerUrl = drill.providerUrl;
      return { planned: injected, injected };
    });
  } finally {
    await provider.stop();
  }
}

/** X13: the provider is away from the moment at which its job should be made; ten minutes of it with `--long`. */
export async function absentProvider(drill: Drill): Promise<Outcome> {
  let isAway = false;
  const provider = await startBadProvider(drill.providerUrl, () => (isAway ? 'cut-off' : undefined));
  try {
    return await disturbed(drill, { scenario: 'release', providerUrl: provider.url }, async (world, acting) => {
      await world.startWorker();
      isAway = true;
      const runId = await requestRun(world, planNamed('toy-triage'));
      void acting();
      await untilRun(world, runId, (view) => hasBegun(view, 'fine-tune'));
      await sleep(drill.isLong ? LONG_DOWN_MILLISECONDS : DOWN_MILLISECONDS);
      isAway = false;
      await acting();
      world.providerUrl = drill.providerUrl;
      return { planned: 1, injected: 1 };
    });
  } finally {
    await provider.stop();
  }
}

interface Betrayal {
  whim: (asked: { method: string; path: string }, times: number) => ReturnType<Whim>;
  /** What the run says when it has ended. */
  reason: RegExp;
}

const isJob = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'GET' && /^\/v1\/fine_tuning\/jobs\/ftjob-\w+$/.test(path);
const as = (status: string) => (body: string) => JSON.stringify({ ...(JSON.parse(body) as object), status });

/** What a provider may say of a job that it has taken, so that nothing can be made of it. */
export const BETRAYALS: Record<string, Betrayal> = {
  'is gone after it was accepted': {
    whim: (asked) => (isJob(asked) ? 'gone' : undefined),
    reason: /does not know job ftjob-\w+ any more\. Look there/,
  },
  'is gone after it had succeeded': {
    whim: (asked, times) => (!isJob(asked) ? undefined : times === 0 ? as('succeeded') : 'gone'),
    reason: /had succeeded, and now.* Look at the job there/,
  },
  'has succeeded, and then runs again': {
    whim: (asked, times) => (isJob(asked) ? as(times === 0 ? 'succeeded' : 'running') : undefined),
    reason: /had succeeded, and now.* Look at the job there/,
  },
};

/** X14: the run stops and says why, in words for a person; nothing is sealed, nothing is served, one job was made. */
export async function betrayingProvider(drill: Drill, what: keyof typeof BETRAYALS): Promise<Outcome> {
  const { whim, reason } = BETRAYALS[what]!;
  let times = 0;
  const provider = await startBadProvider(drill.providerUrl, (asked) => {
    const does: Misbehaviour | ((body: string) => string) | undefined = whim(asked, times);
    if (isJob(asked)) times += 1;
    return does;
  });
  const world = await createWorld(drill.servers, { providerUrl: provider.url, mails: 300 });
  try {
    await world.startWorker();
    const runId = await requestRun(world, planNamed('toy-triage'));
    await untilEnded(world, runId);
    world.providerUrl = drill.providerUrl;
    const view = (await runView(world.db, runId))!;
    const { counts } = await factsOf(world, [runId]);
    const wrong = [
      ...(view.status === 'failed' && reason.test(view.reason ?? '') ? [] : [`it is ${view.status}: ${view.reason}`]),
      ...(await flawsOf(world)),
    ];
    const more = (name: string, most: number): string[] =>
      (counts[name] ?? 0) > most ? [`${name}: ${counts[name]}, not ${most}`] : [];
    const doubled = [
      ...more('run 1 jobs at the provider', 1),
      ...more('rows of model_version', 0),
      ...more('rows of alias_move', 0),
    ];
    return judged({ planned: 1, injected: times > 0 ? 1 : 0 }, { wrong: [], lost: [], doubled }, wrong);
  } finally {
    await world.stop();
    await provider.stop();
  }
}

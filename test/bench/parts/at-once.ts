import { requestRun, untilEnded } from '../lifecycles.js';
import type { Part } from '../part.js';
import { processUse, threadUse } from '../process-use.js';
import { percentile, repeatedly } from '../statistics.js';
import type { World } from '../world.js';

export interface AtOnceFigures {
  atOnce: number;
  lifecyclesPerMinute: number;
  p50Seconds: number;
  p99Seconds: number;
  /** Megabytes, and CPU in ms a lifecycle; null where the system does not tell. */
  use: Record<'worker' | 'postgres' | 'temporal', { memoryMegabytes: number; cpuMilliseconds: number } | null>;
  /** CPU of the worker by thread, ms a lifecycle. */
  threads: Record<string, number>;
}

/** Many lifecycles asked for at the same moment, by one worker process. */
export const atOnce: Part = {
  name: 'at-once',
  title: 'Lifecycles at once: eight stages each, with all of their records, one worker process',
  async run({ world: open, isQuick }) {
    const world = await open();
    const measured: AtOnceFigures[] = [];
    for (const count of isQuick ? [5] : [200, 1_000]) measured.push(await measure(world, count));
    const last = measured.at(-1)!;
    return {
      columns: ['at once', 'a minute', 'p50 s', 'p99 s', 'worker MB', 'Postgres MB', 'Temporal MB'],
      rows: measured.map(({ atOnce: count, lifecyclesPerMinute, p50Seconds, p99Seconds, use }) => [
        String(count),
        lifecyclesPerMinute,
        p50Seconds,
        p99Seconds,
        ...PARTS.map((part) => use[part]?.memoryMegabytes ?? '–'),
      ]),
      notes: whereTimeGoes(last),
      figures: measured,
    };
  },
};

const PARTS = ['worker', 'postgres', 'temporal'] as const;

async function measure(world: World, count: number): Promise<AtOnceFigures> {
  const worker = await world.startWorker('worker');
  try {
    await untilEnded(world, await requestMany(world, Math.min(count, 20)));
    const pids = { worker: worker.pid, postgres: world.postgres.pid(), temporal: world.temporal.pid() };
    const look = () => PARTS.map((part) => [part, processUse(pids[part])] as const);
    const [before, threadsBefore] = [look(), threadUse(worker.pid)];
    const times = await untilEnded(world, await requestMany(world, count));
    const [after, threadsAfter] = [new Map(look()), threadUse(worker.pid)];

    const took = times.map(({ requestedAt, endedAt }) => (endedAt - requestedAt) / 1000);
    const first = Math.min(...times.map(({ requestedAt }) => requestedAt));
    const last = Math.max(...times.map(({ endedAt }) => endedAt));
    const use = before.map(([part, was]) => {
      const is = after.get(part);
      if (was === undefined || is === undefined) return [part, null];
      const cpuMilliseconds = (is.cpuMilliseconds - was.cpuMilliseconds) / count;
      return [part, { memoryMegabytes: is.memoryMegabytes, cpuMilliseconds }];
    });
    const threads = Object.entries(threadsAfter).map(([name, cpu]) => [
      name,
      (cpu - (threadsBefore[name] ?? 0)) / count,
    ]);
    return {
      atOnce: count,
      lifecyclesPerMinute: (count * 60_000) / (last - first),
      p50Seconds: percentile(took, 0.5),
      p99Seconds: percentile(took, 0.99),
      use: Object.fromEntries(use) as AtOnceFigures['use'],
      threads: Object.fromEntries(threads) as Record<string, number>,
    };
  } finally {
    await worker.stop();
  }
}

async function requestMany(world: World, count: number): Promise<string[]> {
  const runIds: string[] = [];
  await repeatedly(count, 8, async () => void runIds.push(await requestRun(world)));
  return runIds;
}

function whereTimeGoes({ atOnce: count, use, threads }: AtOnceFigures): string[] {
  const cpu = PARTS.map((part) => `${part} ${use[part]?.cpuMilliseconds.toFixed(1) ?? '–'}`);
  const { main = 0, node = 0, 'tokio-runtime-w': core = 0 } = threads;
  return [
    `CPU, ms a lifecycle of ${count} at once: ${cpu.join(', ')}`,
    `of the worker: activities and Postgres client ${main.toFixed(1)}, workflows and garbage collection ${node.toFixed(1)}, Temporal's core ${core.toFixed(1)}`,
  ];
}

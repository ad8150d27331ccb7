import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TASK_QUEUE, WORKFLOW_TASK_TIMEOUT } from '../../../providers/temporal/names.js';
import type { Part } from '../part.js';
import { median } from '../statistics.js';
import type { World } from '../world.js';

export interface RecoveryFigures {
  localSeconds: number;
  ordinarySeconds: number;
}

/** A worker is killed by `kill -9` in the middle of a step; another ends the step. */
export const recovery: Part = {
  name: 'recovery',
  title: 'After kill -9 of a worker: until another has ended the step in flight',
  async run({ world: open, isQuick }) {
    const world = await open();
    const times = isQuick ? 1 : 3;
    const figures: RecoveryFigures = {
      localSeconds: await repeat(times, () => recover(world, 'holdLocalWorkflow')),
      ordinarySeconds: await repeat(times, () => recover(world, 'holdOrdinaryWorkflow')),
    };
    return {
      columns: ['', 's'],
      rows: [
        ['local activity (bookkeeping)', figures.localSeconds],
        ['ordinary activity with heartbeat', figures.ordinarySeconds],
      ],
      notes: [`median of ${times}`],
      figures,
    };
  },
};

async function repeat(times: number, once: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let count = 0; count < times; count++) took.push(await once());
  return median(took) / 1000;
}

async function recover(world: World, type: string): Promise<number> {
  const names = ['worker-1', 'worker-2'];
  const workers = await Promise.all(names.map((name) => world.startWorker('worker', name)));
  try {
    const file = join(world.folder, `${randomUUID()}.holders`);
    const where = {
      taskQueue: TASK_QUEUE,
      workflowId: randomUUID(),
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    } as const;
    const handle = await world.client.workflow.start(type, { ...where, args: [{ file }] });
    const holder = await holderOf(file);
    // In the middle of it: as a step that has gone on for a while.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const killedAt = performance.now();
    process.kill(holder, 'SIGKILL');
    await handle.result();
    return performance.now() - killedAt;
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function holderOf(file: string): Promise<number> {
  for (;;) {
    const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
    if (pid > 0) return pid;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { randomUUID } from 'node:crypto';
import { toyPlan } from '../../support/toy-plan.js';
import { requestRun, untilEnded } from '../lifecycles.js';
import type { Part } from '../part.js';
import { median } from '../statistics.js';
import type { World } from '../world.js';
import { ITEMS, ITEMS_A_SHARD } from '../workflows/steps.js';

export interface FanOutFigures {
  ordinaryPerSecond: number;
  localPerSecond: number;
  itemsPerSecond: number;
  shardedPerSecond: number;
}

/** A thousand items side by side in one workflow. */
export const fanOut: Part = {
  name: 'fan-out',
  title: `${ITEMS} items side by side in one workflow`,
  async run({ world: open, isQuick }) {
    const world = await open();
    const times = isQuick ? 1 : 5;
    const items = isQuick ? 50 : ITEMS;
    const [ordinary, local] = await withWorker(world, 'floor-worker', async () => [
      await rate({ items, times: 1 }, () => bare(world, 'ordinaryFanOutWorkflow', items)),
      await rate({ items, times }, () => bare(world, 'localFanOutWorkflow', items)),
    ]);
    const [each, sharded] = await withWorker(world, 'worker', async () => [
      await rate({ items: ITEMS, times }, () => lifecycle(world, 'bench-items')),
      await rate({ items: ITEMS, times }, () => lifecycle(world, 'bench-shards')),
    ]);
    const figures: FanOutFigures = {
      ordinaryPerSecond: ordinary,
      localPerSecond: local,
      itemsPerSecond: each,
      shardedPerSecond: sharded,
    };
    return {
      columns: ['', 'items a second'],
      rows: [
        ['bare Temporal, an ordinary activity each', ordinary],
        ['bare Temporal, a local activity each', local],
        ['Assay, a local activity and a record each', each],
        [`Assay, shards of ${ITEMS_A_SHARD}, a record for each item`, sharded],
      ],
      notes: ['a record: evidence, its use and its audit event, committed on their own; whole lifecycle, median'],
      figures,
    };
  },
};

/** Items a second, by the median; the first time is for warming up. */
async function rate({ items, times }: { items: number; times: number }, once: () => Promise<number>): Promise<number> {
  await once();
  const took: number[] = [];
  for (let count = 0; count < times; count++) took.push(await once());
  return (items * 1000) / median(took);
}

async function withWorker<T>(world: World, entry: 'worker' | 'floor-worker', work: () => Promise<T>): Promise<T> {
  const worker = await world.startWorker(entry);
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

async function bare({ client }: World, type: string, items: number): Promise<number> {
  const startedAt = performance.now();
  await client.workflow.execute(type, { taskQueue: 'floor', workflowId: randomUUID(), args: [items] });
  return performance.now() - startedAt;
}

/** From the start of its workflow to its end. */
async function lifecycle(world: World, name: string): Promise<number> {
  const [times] = await untilEnded(world, [await requestRun(world, toyPlan({ name }))]);
  return times!.endedAt - times!.startedAt;
}

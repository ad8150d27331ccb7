import { randomUUID } from 'node:crypto';
import { measurePace, SIZES, type Pace } from '../pace.js';
import type { Part } from '../part.js';
import type { World } from '../world.js';

export interface FloorFigures {
  ordinary: Pace;
  local: Pace;
}

/** Eight steps that do nothing on bare Temporal, by a worker with Assay's settings. */
export const floor: Part = {
  name: 'floor',
  title: 'Bare Temporal: eight steps that do nothing',
  async run({ world: open, isQuick }) {
    const world = await open();
    const worker = await world.startWorker('floor-worker');
    try {
      const sizes = SIZES[isQuick ? 'quick' : 'whole'];
      const ordinary = await measurePace(() => pipeline(world, 'ordinaryFloorWorkflow'), sizes);
      const local = await measurePace(() => pipeline(world, 'localFloorWorkflow'), sizes);
      const row = (what: string, { millisecondsPerStep, pipelinesPerMinute }: Pace) =>
        [what, millisecondsPerStep, pipelinesPerMinute] as const;
      return {
        columns: ['', 'ms a step', 'pipelines a minute'],
        rows: [row('ordinary activities', ordinary), row('local activities', local)],
        notes: [`a step: median of ${sizes.alone}, one at a time; a minute: ${sizes.atOnce} at once`],
        figures: { ordinary, local } satisfies FloorFigures,
      };
    } finally {
      await worker.stop();
    }
  },
};

async function pipeline({ client }: World, type: string): Promise<number> {
  const handle = await client.workflow.start(type, { taskQueue: 'floor', workflowId: `${type}/${randomUUID()}` });
  await handle.result();
  const { startTime, closeTime } = await handle.describe();
  return closeTime!.getTime() - startTime.getTime();
}

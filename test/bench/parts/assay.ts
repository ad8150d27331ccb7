import { workflowIds } from '../../../providers/temporal/names.js';
import { requestRun, untilEnded } from '../lifecycles.js';
import { measurePace, SIZES, STEPS_A_PIPELINE, type Pace } from '../pace.js';
import type { Part } from '../part.js';
import { median } from '../statistics.js';
import { PROJECT, type World } from '../world.js';
import type { FloorFigures } from './floor.js';

export interface AssayFigures extends Pace {
  /** From the committed request to the start of the workflow: chained, read from the outbox, told to Temporal. */
  outboxMilliseconds: number;
  /** From the request to the row that says it has ended. */
  requestToEndMilliseconds: number;
  /** Times the local-activity floor of the same run; null where that was not measured. */
  timesTheFloor: number | null;
}

/** Eight stages that do nothing, with all of Assay's records, by a worker process of Assay. */
export const assay: Part = {
  name: 'assay',
  title: 'Assay: eight stages that do nothing, with all of their records',
  async run({ world: open, isQuick, earlier }) {
    const world = await open();
    const worker = await world.startWorker('worker');
    try {
      const sizes = SIZES[isQuick ? 'quick' : 'whole'];
      const taken: Taken[] = [];
      const pace = await measurePace(async () => {
        const one = await lifecycle(world);
        taken.push(one);
        return one.workflow;
      }, sizes);
      const alone = taken.slice(sizes.warmUps, sizes.warmUps + sizes.alone);
      const floor = earlier['floor'] as FloorFigures | undefined;
      const figures: AssayFigures = {
        ...pace,
        outboxMilliseconds: median(alone.map(({ outbox }) => outbox)),
        requestToEndMilliseconds: median(alone.map(({ whole }) => whole)),
        timesTheFloor: floor === undefined ? null : pace.millisecondsPerStep / floor.local.millisecondsPerStep,
      };
      return { ...table(figures), figures };
    } finally {
      await worker.stop();
    }
  },
};

interface Taken {
  workflow: number;
  outbox: number;
  whole: number;
}

async function lifecycle(world: World): Promise<Taken> {
  const runId = await requestRun(world);
  const [times] = await untilEnded(world, [runId]);
  const handle = world.client.workflow.getHandle(workflowIds.lifecycle(PROJECT, runId));
  // Its rows say how it ended. A task that timed out after that, on a machine without time, is done again and refused.
  await handle.result().catch(() => undefined);
  const { startTime, closeTime } = await handle.describe();
  const { requestedAt, endedAt } = times!;
  return {
    workflow: closeTime!.getTime() - startTime.getTime(),
    outbox: startTime.getTime() - requestedAt,
    whole: endedAt - requestedAt,
  };
}

const table = (figures: AssayFigures) => ({
  columns: ['', 'ms a step', 'lifecycles a minute'],
  rows: [
    ['in its workflow, as the floor is measured', figures.millisecondsPerStep, figures.pipelinesPerMinute],
    ['from the request to the end', figures.requestToEndMilliseconds / STEPS_A_PIPELINE, ''],
    ['times the floor of local activities', figures.timesTheFloor ?? '–', ''],
    ['outbox, request to start, ms', figures.outboxMilliseconds, ''],
  ],
});

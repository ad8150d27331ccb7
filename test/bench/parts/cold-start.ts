import { requestRun, untilEnded } from '../lifecycles.js';
import type { Part } from '../part.js';
import { median } from '../statistics.js';
import type { World } from '../world.js';

/** A worker process from its start to the end of a lifecycle that waited for it. */
export const coldStart: Part = {
  name: 'cold-start',
  title: 'Cold start of a worker to the first finished lifecycle of eight stages',
  async run({ world: open, isQuick }) {
    const world = await open();
    const taken: Taken[] = [];
    for (let count = 0; count < (isQuick ? 1 : 5); count++) taken.push(await start(world));
    const figures = {
      readySeconds: median(taken.map(({ ready }) => ready)) / 1000,
      finishedSeconds: median(taken.map(({ finished }) => finished)) / 1000,
    };
    return {
      columns: ['', 's'],
      rows: [
        ['until it polls', figures.readySeconds],
        ['until the lifecycle has ended', figures.finishedSeconds],
      ],
      notes: [`median of ${taken.length}; from the sources through tsx, the workflow bundle prebuilt`],
      figures,
    };
  },
};

interface Taken {
  ready: number;
  finished: number;
}

async function start(world: World): Promise<Taken> {
  const runId = await requestRun(world);
  const startedAt = Date.now();
  const worker = await world.startWorker('worker');
  const ready = Date.now() - startedAt;
  const [times] = await untilEnded(world, [runId]);
  await worker.stop();
  return { ready, finished: times!.endedAt - startedAt };
}

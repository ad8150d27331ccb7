/** The product's worker, hit at the moment that the drill has armed. Its own code knows nothing of this. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@temporalio/activity';
import { Worker, type ActivityInterceptors, type WorkerOptions } from '@temporalio/worker';
import { armed, reach, trace } from './hit.js';
import { watchStatements } from './statements.js';

interface Running {
  activity: string;
  writes: number;
  reads: number;
}

const running = new AsyncLocalStorage<Running>();

function armedFor({ activity }: Running) {
  const failpoint = armed('activity');
  return failpoint?.activity === activity ? failpoint : undefined;
}

function atEdge(of: Running, moment: 'before' | 'after'): void {
  const failpoint = armedFor(of);
  if (failpoint?.moment === moment) reach(failpoint);
}

watchStatements((kind) => {
  const of = running.getStore();
  if (of === undefined) return;
  of[kind] += 1;
  const failpoint = armedFor(of);
  if (failpoint?.moment === 'during' && failpoint.of === kind && failpoint.nth === of[kind]) reach(failpoint);
});

const failpoints = (context: Context): ActivityInterceptors => ({
  inbound: {
    async execute(input, next) {
      const of: Running = { activity: context.info.activityType, writes: 0, reads: 0 };
      const startedAt = Date.now();
      atEdge(of, 'before');
      try {
        return await running.run(of, () => next(input));
      } finally {
        trace({ ...of, milliseconds: Date.now() - startedAt, at: Date.now() });
        atEdge(of, 'after');
      }
    },
  },
});

const create = Worker.create.bind(Worker);
Worker.create = (options: WorkerOptions) => {
  const { interceptors = {} } = options;
  return create({
    ...options,
    interceptors: { ...interceptors, activity: [failpoints, ...(interceptors.activity ?? [])] },
  });
};

await import('../../../workers/main.js');

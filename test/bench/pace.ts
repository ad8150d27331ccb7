import { median, repeatedly } from './statistics.js';

export const STEPS_A_PIPELINE = 8;

/** How fast pipelines of eight steps go. */
export interface Pace {
  /** One pipeline at a time, from its start to its end as the server notes them, over its eight steps. */
  millisecondsPerStep: number;
  /** So many at once. */
  atOnce: number;
  pipelinesPerMinute: number;
}

export interface Sizes {
  warmUps: number;
  alone: number;
  atOnce: number;
}

export const SIZES: Record<'quick' | 'whole', Sizes> = {
  quick: { warmUps: 1, alone: 2, atOnce: 5 },
  whole: { warmUps: 10, alone: 30, atOnce: 100 },
};

/** Runs pipelines to warm up, then one at a time, then all at once. `pipeline` answers how long one took, in ms. */
export async function measurePace(pipeline: () => Promise<number>, { warmUps, alone, atOnce }: Sizes): Promise<Pace> {
  await repeatedly(warmUps, 10, async () => void (await pipeline()));
  const took: number[] = [];
  for (let count = 0; count < alone; count++) took.push(await pipeline());
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: atOnce }, pipeline));
  const minutes = (performance.now() - startedAt) / 60_000;
  return { millisecondsPerStep: median(took) / STEPS_A_PIPELINE, atOnce, pipelinesPerMinute: atOnce / minutes };
}

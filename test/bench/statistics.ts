/** The value below which this share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Calls for each item, so many at a time. */
export async function inParallel<T>(items: readonly T[], atOnce: number, call: (item: T) => Promise<void>) {
  const waiting = items.values();
  const one = async (): Promise<void> => {
    for (const item of waiting) await call(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Calls so many times, so many at a time. */
export const repeatedly = (times: number, atOnce: number, call: () => Promise<void>): Promise<void> =>
  inParallel(Array.from({ length: times }), atOnce, call);

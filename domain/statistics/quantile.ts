/** The quantile of ascending values at `probability`, linear between neighbours (type 7, numpy's default). */
export function quantileOfSorted(ascending: ArrayLike<number>, probability: number): number {
  const position = (ascending.length - 1) * Math.min(1, Math.max(0, probability));
  const below = Math.floor(position);
  const low = ascending[below] ?? Number.NaN;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}

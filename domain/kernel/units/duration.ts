import { LifecycleError } from '../errors.js';

/** Largest first: printing takes the first that divides. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** A whole number and its unit, without a space: `500ms`, `10s`, `10m`, `1h`, `7d`. */
export const DURATION_PATTERN = /^(0|[1-9][0-9]*)(ms|s|m|h|d)$/;

/** Milliseconds of a written duration. @throws LifecycleError INVALID_INPUT */
export function parseDuration(text: string): number {
  const [, count, unit] = DURATION_PATTERN.exec(text) ?? [];
  const factor = UNITS.find(([name]) => name === unit)?.[1];
  const milliseconds = factor === undefined ? Number.NaN : Number(count) * factor;
  if (!Number.isSafeInteger(milliseconds)) {
    throw new LifecycleError(
      'INVALID_INPUT',
      `"${text}" is not a duration: write a whole number and a unit (ms, s, m, h, d), e.g. 500ms, 10m, 7d.`,
    );
  }
  return milliseconds;
}

/** The shortest way to write a duration; `parseDuration` reads it back. @throws LifecycleError INVALID_INPUT */
export function printDuration(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
    throw new LifecycleError('INVALID_INPUT', `${milliseconds} is not a whole number of milliseconds, zero or more.`);
  }
  if (milliseconds === 0) return '0s';
  const [unit, factor] = UNITS.find(([, size]) => milliseconds % size === 0) ?? ['ms', 1];
  return `${milliseconds / factor}${unit}`;
}

import { LifecycleError } from '../errors.js';

const UNITS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** A whole number and its unit, without a space, in powers of 1,000: `500KB`, `10MB`, `2GB`. */
export const SIZE_PATTERN = /^([1-9][0-9]*)(B|KB|MB|GB|TB)$/;

/** Bytes of a written size. @throws LifecycleError INVALID_INPUT */
export function parseSize(text: string): number {
  const [, count, unit] = SIZE_PATTERN.exec(text) ?? [];
  const bytes = unit === undefined ? Number.NaN : Number(count) * UNITS[unit as keyof typeof UNITS];
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new LifecycleError(
    'INVALID_INPUT',
    `"${text}" is not a size: write a whole number and a unit (B, KB, MB, GB, TB), e.g. 500KB, 10MB, 2GB.`,
  );
}

/** About how large: `1.5 MB`, for people. */
export function printSize(bytes: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, size]) => bytes >= size) ?? ['B', 1];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}

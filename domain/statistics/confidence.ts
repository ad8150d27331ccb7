import { LifecycleError } from '../kernel/errors.js';

/** Whether a confidence can bound anything: a number between 0 and 1, e.g. 0.95. */
export const isConfidence = (value: number): boolean => value > 0 && value < 1;

/** Throws INVALID_INPUT unless the value is between 0 and 1, both excluded. */
export function assertConfidence(value: number): void {
  if (isConfidence(value)) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `Confidence ${value} is not between 0 and 1. Write it as a share, e.g. 0.95.`,
  );
}

import { LifecycleError } from '../kernel/errors.js';

/** Throws INVALID_INPUT unless the value is a share between 0 and 1, both excluded, e.g. 0.95. */
export function assertConfidence(value: number): void {
  if (value > 0 && value < 1) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `Confidence ${value} is not between 0 and 1. Write it as a share, e.g. 0.95.`,
  );
}

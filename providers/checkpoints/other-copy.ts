import { LifecycleError } from '../../domain/kernel/errors.js';
import type { CheckpointCopy } from '../../domain/ports/checkpoint-copies.js';

/** Thrown when a checkpoint of the same size was copied before and says something else. */
export const otherCopy = (place: string, { origin, size }: CheckpointCopy): LifecycleError =>
  new LifecycleError(
    'ARTIFACT',
    `The checkpoint of size ${size} of ${origin} was copied to ${place} before and said something else: the log was altered, or its key was changed. Compare both with "assay audit verify --checkpoint".`,
    { origin, size, place },
  );

/** A signed checkpoint as it is copied. */
export interface CheckpointCopy {
  origin: string;
  size: number;
  note: string;
}

/** A place outside the database where checkpoints are kept: names are only added, and nothing is overwritten. */
export interface CheckpointCopies {
  /** Names the place, the same in every process: what has been copied there is noted under it. */
  readonly name: string;
  /**
   * Copies one; returns when it is safe. A copy of the same note that is there already is none again.
   * @throws LifecycleError ARTIFACT where a copy of this size says something else; PROVIDER where the place fails
   */
  put(copy: CheckpointCopy): Promise<void>;
}

/** `<log>/<size>.note`; sizes have twelve digits, so that names sort as the log grew. */
export const copyName = ({ origin, size }: CheckpointCopy): { folder: string; file: string } => ({
  folder: encodeURIComponent(origin),
  file: `${String(size).padStart(12, '0')}.note`,
});

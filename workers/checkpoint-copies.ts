import type { CopyTarget } from '../domain/config/checkpoint-copies.js';
import type { CheckpointCopies } from '../domain/ports/checkpoint-copies.js';
import type { Secrets } from '../domain/ports/secrets.js';
import { createFolderCopies } from '../providers/checkpoints/folder.js';

/** The places that were configured. The client of S3 is loaded only where it is needed: it is large. */
export const openCopies = (targets: readonly CopyTarget[], secrets: Secrets): Promise<CheckpointCopies[]> =>
  Promise.all(
    targets.map(async (target) => {
      if ('folder' in target) return createFolderCopies(target.folder);
      const { createS3Copies } = await import('../providers/checkpoints/s3.js');
      return createS3Copies(target.s3, { secrets, clock: Date.now });
    }),
  );

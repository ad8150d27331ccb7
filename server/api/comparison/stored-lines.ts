import { LifecycleError, isLifecycleError } from '../../../domain/kernel/errors.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import type { ArtifactStore } from '../../../domain/ports/artifact-store.js';

/** Where an api reads artifacts from: undefined where it was given no store. */
export type ReadableArtifacts = Pick<ArtifactStore, 'read'> | undefined;

/** The lines of a JSONL artifact, whose bytes are those of its digest. @throws LifecycleError NOT_FOUND; ARTIFACT */
export async function storedLines(artifacts: ReadableArtifacts, digest: Digest): Promise<string[]> {
  if (artifacts === undefined)
    throw new LifecycleError(
      'NOT_FOUND',
      'This api has no way to the artifact store: set ASSAY_ARTIFACTS_FOLDER for it.',
    );
  const text = (await artifacts.read(digest)).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** What is not there, or was altered, is unknown and says why; other errors go on. */
export async function knownOrWhy<T extends object>(
  find: () => Promise<T>,
): Promise<({ status: 'known' } & T) | { status: 'unknown'; reason: string }> {
  try {
    return { status: 'known', ...(await find()) };
  } catch (error) {
    if (
      isLifecycleError(error, 'NOT_FOUND') ||
      isLifecycleError(error, 'ARTIFACT') ||
      isLifecycleError(error, 'INVALID_INPUT')
    )
      return { status: 'unknown', reason: error.message };
    throw error;
  }
}

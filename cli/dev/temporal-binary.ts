import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { OLDEST_SERVER, serverVersionOf } from './temporal-version.js';
import { TEMPORAL_WAYS, type TemporalWay } from './temporal-ways.js';

export interface TemporalBinary {
  /** A path, or a name to be looked up on the PATH. */
  readonly path: string;
  readonly serverVersion: string;
  /** Where it came from, in words. */
  readonly from: string;
}

export interface FinderOptions {
  /** Downloads are kept here. */
  readonly cacheFolder: string;
  /** False (ASSAY_NO_DOWNLOAD=1) leaves only the program on the PATH and the cache. */
  readonly mayDownload: boolean;
  readonly log: (line: string) => void;
  readonly ways?: readonly TemporalWay[];
}

/**
 * Finds a `temporal` program with a new enough server, the nearest way first, and says which it took.
 * @throws LifecycleError COMMAND that lists what was tried, when there is no way left
 */
export async function findTemporalBinary(options: FinderOptions): Promise<TemporalBinary> {
  const tried: string[] = [];
  for (const way of options.ways ?? TEMPORAL_WAYS) {
    const found = await tryWay(way, options).catch((error: Error) => error.message);
    if (typeof found !== 'string') {
      options.log(`Temporal server ${found.serverVersion} from ${found.from}`);
      return found;
    }
    tried.push(`${way.name}: ${found}`);
  }
  throw noWayLeft(tried);
}

async function tryWay(way: TemporalWay, { cacheFolder, mayDownload, log }: FinderOptions): Promise<TemporalBinary> {
  if (way.isDownload && !mayDownload) throw new Error('forbidden by ASSAY_NO_DOWNLOAD=1');
  if (way.isDownload) log(`looking for a Temporal server: ${way.name}`);
  const path = await way.obtain(join(cacheFolder, 'temporal', 'temporal'));
  return { path, serverVersion: await serverVersionOf(path), from: way.name };
}

function noWayLeft(tried: readonly string[]): LifecycleError {
  const list = tried.map((line) => `  - ${line}`).join('\n');
  return new LifecycleError(
    'COMMAND',
    `no Temporal server (${OLDEST_SERVER} or newer) was found. Tried:\n${list}\n` +
      'Install the Temporal CLI, or name a running server by ASSAY_TEMPORAL_ADDRESS.',
    { tried: [...tried] },
  );
}

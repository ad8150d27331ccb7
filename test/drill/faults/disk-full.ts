import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { seededRandom } from '../../../domain/statistics/random.js';
import type { Drill } from '../drill.js';
import { flawsOfArtifacts } from '../integrity.js';
import { skippedOutcome, type Outcome } from '../outcome.js';
import { disturbed } from './disturbed.js';

const run = promisify(execFile);
const PAGE = 4_096;
const FULL_MILLISECONDS = 180_000;

/** X12: the disk under the artifact store is full in the middle of what a lifecycle writes; then there is room again. */
export async function diskFull(drill: Drill): Promise<Outcome> {
  if (process.getuid?.() !== 0) return skippedOutcome('only root can mount a small disk');
  return disturbed(drill, { scenario: 'release' }, async (world, acting) => {
    const random = seededRandom(`${drill.seed}/disk`);
    await mkdir(world.artifactsFolder);
    const size = (8 + random.integer(24)) * PAGE;
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', world.artifactsFolder]);
    world.onStop(async () => void (await run('umount', [world.artifactsFolder])));
    const worker = await world.startWorker();
    void acting();
    const deadline = Date.now() + FULL_MILLISECONDS;
    while (!worker.said().includes('The disk is full') && Date.now() < deadline) await sleep(100);
    const isFull = worker.said().includes('The disk is full');
    const wrong = [...(await flawsOfArtifacts(world)), ...(await leftOver(join(world.artifactsFolder, 'tmp')))];
    await run('mount', ['-o', 'remount,size=64m', world.artifactsFolder]);
    await acting();
    return { planned: 1, injected: isFull ? 1 : 0, wrong };
  });
}

/** What could not be written to its end is removed: it would keep the disk full. */
async function leftOver(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const file = await stat(join(folder, name)).catch(() => undefined);
    if (file !== undefined && Date.now() - file.mtimeMs > 10_000) found.push(`${name} was left half written`);
  }
  return found;
}

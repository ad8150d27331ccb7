import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftover } from './leftover.js';

/**
 * Removes a state folder with all that an earlier, perhaps killed, start left in it: processes, and the data of Postgres
 * where they had to be kept elsewhere. Whoever calls it holds the lock of that folder's owner.
 */
export async function wipeState(home: string): Promise<void> {
  const running = join(home, 'running');
  const notes = existsSync(running) ? readdirSync(running) : [];
  await Promise.all(notes.map((note) => endLeftover(join(running, note), 'SIGTERM')));
  const elsewhere = join(home, 'postgres', 'elsewhere');
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8'), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

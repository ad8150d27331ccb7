import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseCheckpoint } from '../../domain/audit/checkpoint-note.js';
import { LifecycleError } from '../../domain/kernel/errors.js';

const seenSchema = z.object({ origin: z.string(), note: z.string() });

/** A file for each log in the state folder; its name is of no use to whoever chose the origin. */
function pathOf(home: string, origin: string): string {
  const name = createHash('sha256').update(origin).digest('hex').slice(0, 32);
  return join(home, 'audit', 'seen', `${name}.json`);
}

/**
 * The last checkpoint of a log that was verified on this machine; undefined where there was none.
 * @throws LifecycleError INVALID_INPUT where the file cannot be understood: it is not passed over.
 */
export function readSeen(home: string, origin: string): string | undefined {
  const path = pathOf(home, origin);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
  try {
    const seen = seenSchema.parse(JSON.parse(text));
    if (parseCheckpoint(seen.note).origin !== origin) throw new Error('another log');
    return seen.note;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Keeps a checkpoint for the next time, unless one at least as large is kept. */
export function keepSeen(home: string, note: string): void {
  const { origin, size } = parseCheckpoint(note);
  const seen = readSeen(home, origin);
  if (seen !== undefined && parseCheckpoint(seen).size >= size) return;
  const path = pathOf(home, origin);
  mkdirSync(join(home, 'audit', 'seen'), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify({ origin, note }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const unreadable = (path: string, cause: unknown): LifecycleError =>
  new LifecycleError(
    'INVALID_INPUT',
    `Cannot read ${path}, the last checkpoint seen of this log. Repair it, or delete it and compare with a checkpoint that you trust (--checkpoint).`,
    { path },
    cause,
  );

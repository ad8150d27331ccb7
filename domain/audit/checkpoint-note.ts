import { LifecycleError } from '../kernel/errors.js';
import { parseNote, type SignedNote } from './signed-note.js';

/** What a checkpoint says: the log, its size, the root over its leaves. */
export interface CheckpointText {
  origin: string;
  size: number;
  root: Buffer;
}

/** The text of c2sp.org/tlog-checkpoint, to be signed. */
export const checkpointText = ({ origin, size, root }: CheckpointText): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/**
 * Reads a checkpoint; its signatures are not verified. Lines after the root are extensions and left alone.
 * @throws LifecycleError INVALID_INPUT for what is no checkpoint
 */
export function parseCheckpoint(note: string): CheckpointText & { note: SignedNote } {
  const parsed = parseNote(note);
  const [origin = '', size = '', encoded = ''] = parsed.text.split('\n');
  const root = Buffer.from(encoded, 'base64');
  if (origin === '' || !/^(?:0|[1-9]\d{0,14})$/.test(size) || root.length !== 32 || root.toString('base64') !== encoded)
    throw new LifecycleError('INVALID_INPUT', 'This is no checkpoint: expected the lines origin, size, root.');
  return { origin, size: Number(size), root, note: parsed };
}

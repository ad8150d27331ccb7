import type { Problem } from '../problem.js';
import { isRelativePath } from '../schema/fields.js';
import type { Located } from '../yaml/located.js';
import { readText, type ReadFile } from './read-text.js';
import type { Registered } from './registered.js';

/** What a lifecycle file's references are read with; problems are added to. */
export interface Reader {
  readFile: ReadFile;
  registered: Registered;
  problems: Problem[];
}

/** The text of a named file; undefined where none is named, where the path is refused or where it cannot be read. */
export async function readBeside(reference: Located | undefined, { readFile, problems }: Reader) {
  const written = reference?.kind === 'scalar' ? reference.value : undefined;
  if (reference === undefined || typeof written !== 'string' || !isRelativePath(written)) return undefined;
  const folder = reference.at.file.replace(/[^/\\]*$/, '');
  const path = folder + written.replace(/^(?:\.\/+)+/, '');
  const text = await readText(path, reference.at, readFile, problems);
  return text === undefined ? undefined : { path, written, text, namedAt: reference.at };
}

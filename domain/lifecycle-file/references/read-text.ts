import type { Position } from '../yaml/located.js';
import type { Problem } from '../problem.js';

/** Reads a file as UTF-8 text; the caller brings it, since this folder does no input or output. */
export type ReadFile = (path: string) => Promise<string>;

/** The text without a byte order mark, or undefined and a problem at the place that names the file. */
export async function readText(
  path: string,
  namedAt: Position,
  readFile: ReadFile,
  problems: Problem[],
): Promise<string | undefined> {
  try {
    return (await readFile(path)).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code ?? error);
    problems.push({ at: namedAt, message: `Cannot read ${path}: ${reason}.` });
    return undefined;
  }
}

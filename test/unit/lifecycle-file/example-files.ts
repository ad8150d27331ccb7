import { readFile } from 'node:fs/promises';
import { loadLifecycle, type LoadedLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';

const FOLDER = new URL('../../../examples/email-triage/', import.meta.url);

export const exampleText = (path: string): Promise<string> => readFile(new URL(path, FOLDER), 'utf8');

/** Reads the example's files, some of them replaced or added; a file set to null is not there. */
export function withFiles(changed: Record<string, string | null> = {}): (path: string) => Promise<string> {
  return async (path) => {
    const text = path in changed ? changed[path] : await exampleText(path);
    if (typeof text === 'string') return text;
    throw Object.assign(new Error('not there'), { code: 'ENOENT' });
  };
}

/** The example's `assay.yaml` (or another file of it) with pieces of its text replaced. */
export async function edited(replacements: Record<string, string>, path = 'assay.yaml'): Promise<string> {
  let text = await exampleText(path);
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`The example has no "${from}".`);
    text = text.replace(from, () => to);
  }
  return text;
}

export const loadEdited = async (replacements: Record<string, string>): Promise<LoadedLifecycle> =>
  loadLifecycle(['assay.yaml'], withFiles({ 'assay.yaml': await edited(replacements) }));

/** The error that a load ends with. */
export async function refusalOf(loading: Promise<unknown>): Promise<{ message: string; problems: string[] }> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof LifecycleError) || error.code !== 'INVALID_INPUT') {
    throw new Error('This was not refused.', { cause: error });
  }
  return { message: error.message, problems: error.details['problems'] as string[] };
}

export const problemsOf = async (replacements: Record<string, string>): Promise<string[]> =>
  (await refusalOf(loadEdited(replacements))).problems;

/** `line:column` of the first place where a text holds a piece. */
export function placeOf(piece: string, text: string): string {
  const before = text.slice(0, text.indexOf(piece)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

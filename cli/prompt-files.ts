import { createTwoFilesPatch } from 'diff';
import type { PromptView } from '../domain/api/prompt.js';
import { colours } from './colours.js';
import { plainText } from './plain-text.js';
import { readNamedFile } from './read-named-file.js';

/** The text of a prompt's file. @throws LifecycleError NOT_FOUND */
export const readPromptFile = async (file: string): Promise<string> =>
  (await readNamedFile(file)).replace(/^\uFEFF/, '');

/** How two versions differ, in the lines of a unified diff. */
export function diffLines(before: PromptView, after: PromptView): string[] {
  if (before.digest === after.digest) return [`${before.id} and ${after.id} have the same text`];
  const patch = createTwoFilesPatch(before.id, after.id, before.text, after.text);
  return patch.trimEnd().split('\n').slice(1).map(coloured);
}

function coloured(line: string): string {
  const plain = plainText(line);
  if (line.startsWith('+')) return colours.green(plain);
  return line.startsWith('-') ? colours.red(plain) : plain;
}

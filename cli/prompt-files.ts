import { readFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import type { PromptView } from '../domain/api/prompt.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import { colours } from './colours.js';
import { plainText } from './plain-text.js';

/** The text of a prompt's file. @throws LifecycleError NOT_FOUND */
export async function readPromptFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new LifecycleError('NOT_FOUND', `Cannot read ${file}. Check the path.`, { file }, error);
  }
}

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

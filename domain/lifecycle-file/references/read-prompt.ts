import { digestBytes } from '../../evidence/canonical.js';
import { parsePromptReference } from '../../prompts/prompt-reference.js';
import type { PromptText } from '../../prompts/prompt.js';
import { secretRefusal } from '../find-secrets.js';
import { promptText } from '../schema/prompt-fields.js';
import { secretKindIn } from '../secret-patterns.js';
import type { Located } from '../yaml/located.js';
import { readBeside, type Reader } from './read-beside.js';
import { lookUp } from './registered.js';

/** The prompt that a lifecycle file names, by value; undefined where it names none, or none that can be used. */
export async function readPrompt(reference: Located | undefined, reader: Reader): Promise<PromptText | undefined> {
  if (reference?.kind !== 'scalar' || typeof reference.value !== 'string') return undefined;
  const registered = parsePromptReference(reference.value);
  if (registered !== undefined)
    return lookUp(() => reader.registered.prompt(registered), reference.at, reader.problems);
  const file = await readBeside(reference, reader);
  if (file === undefined) return undefined;
  const { written: from, text } = file;
  const secret = text
    .split('\n')
    .map(secretKindIn)
    .find((kind) => kind !== undefined);
  const wrong = [
    ...(promptText
      .safeParse(text)
      .error?.issues.slice(0, 1)
      .map(({ message }) => message) ?? []),
    ...(secret === undefined ? [] : [secretRefusal(secret)]),
  ];
  reader.problems.push(...wrong.map((message) => ({ at: reference.at, message: `${from}: ${message}` })));
  return { from, digest: digestBytes(text), text };
}

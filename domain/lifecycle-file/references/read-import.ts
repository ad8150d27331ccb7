import { versionReference } from '../schema/prompt-fields.js';
import { findPart, type Located, type Position } from '../yaml/located.js';
import type { Reader } from './read-beside.js';
import { lookUp, type RegisteredBase } from './registered.js';

/** The imported base model that a lifecycle file names; undefined where it names none, or none that fits. */
export async function readImport(root: Located, reader: Reader): Promise<RegisteredBase | undefined> {
  const reference = textAt(root, ['model', 'base', 'import']);
  if (reference === undefined || !versionReference.safeParse(reference.value).success) return undefined;
  const base = await lookUp(() => reader.registered.base(reference.value), reference.at, reader.problems);
  if (base === undefined) return undefined;
  const message = whyNotFits(base, {
    provider: textAt(root, ['model', 'provider'])?.value,
    id: textAt(root, ['model', 'base', 'id'])?.value,
  });
  if (message !== null) reader.problems.push({ at: reference.at, message });
  return base;
}

/** Why an imported base model is not the one that a lifecycle asks a provider for, or null where it is. */
export function whyNotFits(
  { id, source }: Pick<RegisteredBase, 'id' | 'source'>,
  asked: { provider: string | undefined; id: string | undefined },
): string | null {
  if (source.kind === 'weights')
    return asked.id === undefined
      ? `${id} is a folder of weights: write under which id the provider serves them, as model.base.id.`
      : null;
  if (asked.provider !== undefined && asked.provider !== source.provider)
    return `${id} was imported from the provider ${source.provider}, not ${asked.provider}.`;
  return asked.id === undefined || asked.id === source.model ? null : `${id} is ${source.model}, not ${asked.id}.`;
}

function textAt(root: Located, path: readonly string[]): { value: string; at: Position } | undefined {
  const part = findPart(root, path);
  return part?.kind === 'scalar' && typeof part.value === 'string' ? { value: part.value, at: part.at } : undefined;
}

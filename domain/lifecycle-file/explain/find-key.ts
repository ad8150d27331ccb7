import { didYouMean } from '../../did-you-mean.js';
import { LifecycleError } from '../../kernel/errors.js';
import { FILE_KINDS, schemaOf, type FileKind } from './json-schema.js';
import { explainSchema, type KeyDoc } from './key-doc.js';

/**
 * Explains a key of the lifecycle file (`deploy.rollout`), of a file that it points at (`Task.metrics`), or, without a
 * path, the whole lifecycle file.
 * @throws LifecycleError INVALID_INPUT with what was probably meant
 */
export function explainKey(path = ''): KeyDoc {
  const steps = path
    .replace(/\[\d*\]/g, '')
    .split('.')
    .filter((step) => step !== '');
  const kind = FILE_KINDS.find((known) => known === steps[0]) ?? null;
  const root = explainFile(kind);
  let found = root;
  for (const step of kind === null ? steps : steps.slice(1)) {
    const next = found.keys.find(({ path }) => lastStep(path) === step) ?? (found.isOpen ? found : undefined);
    if (next === undefined) throw unknownKey(step, found, root);
    found = next;
  }
  return found;
}

const explainFile = (kind: FileKind | null): KeyDoc => explainSchema(schemaOf(kind), kind ?? '');

function unknownKey(step: string, within: KeyDoc, root: KeyDoc): LifecycleError {
  const names = within.keys.map(({ path }) => lastStep(path));
  const elsewhere = pathsBelow(root).find((path) => lastStep(path) === step);
  const isTop = within.path === '';
  const near = didYouMean(step, isTop ? [...names, ...FILE_KINDS] : names);
  const hint = elsewhere === undefined ? near || knownKeys(names) : ` Did you mean "${elsewhere}"?`;
  const place = isTop ? 'the lifecycle file' : within.path;
  return new LifecycleError('INVALID_INPUT', `Unknown key "${step}" in ${place}.${hint}`, { key: step, known: names });
}

const knownKeys = (names: readonly string[]): string =>
  names.length === 0 ? ' It has no keys.' : ` It has ${names.join(', ')}.`;

const pathsBelow = (doc: KeyDoc): string[] => doc.keys.flatMap((key) => [key.path, ...pathsBelow(key)]);

export const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

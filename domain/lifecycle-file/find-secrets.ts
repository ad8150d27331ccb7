import type { Located } from './yaml/located.js';
import type { Problem } from './problem.js';
import { secretKindIn } from './secret-patterns.js';

/** Every text and key of a file that looks like a secret: secrets have no place in a plan, a history or a log. */
export function findSecrets(node: Located): Problem[] {
  if (node.kind === 'scalar') return secretAt(String(node.value), node.at);
  if (node.kind === 'sequence') return node.items.flatMap(findSecrets);
  return [...node.entries].flatMap(([key, { keyAt, value }]) => [...secretAt(key, keyAt), ...findSecrets(value)]);
}

function secretAt(text: string, at: Problem['at']): Problem[] {
  const kind = secretKindIn(text);
  return kind === undefined ? [] : [{ at, message: secretRefusal(kind) }];
}

export const secretRefusal = (kind: string): string =>
  `This looks like ${kind}. Take it out and revoke it; secrets belong to the worker's environment.`;

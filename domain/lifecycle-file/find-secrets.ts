import type { Located } from './yaml/located.js';
import type { Problem } from './problem.js';
import { secretKindIn } from './secret-patterns.js';

/**
 * Every text and key of a file that looks like a secret, which has no place in a plan, a history or a log, and every
 * reference to one, which nothing would resolve.
 */
export function findSecrets(node: Located): Problem[] {
  if (node.kind === 'scalar') return secretAt(String(node.value), node.at);
  if (node.kind === 'sequence') return node.items.flatMap(findSecrets);
  return [...node.entries].flatMap(([key, { keyAt, value }]) => [...secretAt(key, keyAt), ...findSecrets(value)]);
}

function secretAt(text: string, at: Problem['at']): Problem[] {
  const message = refusalIn(text);
  return message === undefined ? [] : [{ at, message }];
}

const REFERENCE = /\$\{(?:secret|env):/;

/** Why a text may not stand in a lifecycle; undefined where it may. */
export function refusalIn(text: string): string | undefined {
  const kind = secretKindIn(text);
  if (kind !== undefined) return secretRefusal(kind);
  return REFERENCE.test(text) ? REFERENCE_REFUSAL : undefined;
}

const REFERENCE_REFUSAL =
  "Nothing in a lifecycle is resolved, so that whoever writes one cannot send a secret anywhere. References stand in the worker's configuration, e.g. in ASSAY_PROVIDERS.";

export const secretRefusal = (kind: string): string =>
  `This looks like ${kind}. Take it out and revoke it; secrets belong to the worker's environment.`;

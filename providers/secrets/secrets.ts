import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Secrets, SecretSource } from '../../domain/ports/secrets.js';
import { fillReferences, secretNamesIn } from '../../domain/secrets/reference.js';

/** How old a value may be when it is used: a secret that was exchanged counts after this. */
const FRESH_MILLISECONDS = 30_000;
/** Shorter values would mask ordinary words. */
const SHORTEST_MASKED = 8;

interface SecretsOptions {
  /** Asked in this order; the first that has a secret counts. */
  sources: Readonly<Record<string, SecretSource>>;
  /** Milliseconds; default: the wall clock. */
  clock?: () => number;
}

/**
 * Resolves references from the sources, and remembers what it handed out. A value that was found once outlives a moment
 * in which its place has none (a file being exchanged, a vault that restarts).
 */
export function createSecrets({ sources, clock = Date.now }: SecretsOptions): Secrets {
  const known = new Map<string, { value: string; readAt: number }>();
  const handedOut = new Map<string, string>();

  async function read(name: string): Promise<string> {
    const readAt = clock();
    const before = known.get(name);
    let value: string | undefined;
    try {
      value = await firstOf(Object.values(sources), name);
    } catch (error) {
      if (before === undefined) throw error;
    }
    if (value === undefined && before === undefined) throw unknownSecret(name, Object.values(sources));
    const found = value ?? before!.value;
    known.set(name, { value: found, readAt });
    if (found.length >= SHORTEST_MASKED) handedOut.set(found, name);
    return found;
  }

  async function fill(text: string, valueOf: (name: string) => Promise<string>): Promise<string> {
    const values = new Map<string, string>();
    for (const name of secretNamesIn(text)) values.set(name, await valueOf(name));
    return fillReferences(text, values);
  }

  return {
    resolve: (text) =>
      fill(text, async (name) => {
        const before = known.get(name);
        return before !== undefined && clock() - before.readAt < FRESH_MILLISECONDS ? before.value : read(name);
      }),
    renew: (text) => fill(text, read),
    mask: (text) =>
      [...handedOut].reduce((masked, [value, name]) => masked.replaceAll(value, `[secret ${name}]`), text),
  };
}

async function firstOf(sources: readonly SecretSource[], name: string): Promise<string | undefined> {
  for (const source of sources) {
    const value = await source.read(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function unknownSecret(name: string, sources: readonly SecretSource[]): LifecycleError {
  const places = sources.map((source) => source.place(name)).join(', ');
  const message = `There is no secret '${name}'. Looked for it in ${places}. Put it there, or name another place by ASSAY_SECRETS_FOLDER or ASSAY_SECRETS_COMMAND.`;
  return new LifecycleError('NOT_FOUND', message, { secret: name });
}

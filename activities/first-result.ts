import type { Digest } from '../domain/kernel/digest.js';
import { isLifecycleError } from '../domain/kernel/errors.js';
import type { EffectLedger } from '../domain/ports/run-store.js';

/**
 * A blob that is made once for its key, and found ever after. Where two attempts overlap, or one died after making it,
 * the first that was settled stands for both.
 */
export async function firstResult(
  effects: EffectLedger,
  effect: { key: string; request: Digest },
  make: () => Promise<Digest>,
): Promise<Digest> {
  const { key, request } = effect;
  const known = await effects.intend(key, request);
  if (known.externalId !== null) return known.externalId as Digest;
  const made = await make();
  try {
    await effects.done(key, made);
    return made;
  } catch (error) {
    if (!isLifecycleError(error, 'CONFLICT')) throw error;
    return (await effects.intend(key, request)).externalId as Digest;
  }
}

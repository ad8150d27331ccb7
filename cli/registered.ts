import { digestBytes } from '../domain/evidence/canonical.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { Registered } from '../domain/lifecycle-file/references/registered.js';
import type { ApiClient } from './api-client.js';

/** What lifecycle files name and an api keeps; it is asked only for what is named. */
export const registeredBy = (api: () => ApiClient): Registered => ({
  async prompt(reference) {
    const { name } = reference;
    const asked = 'alias' in reference ? `${name}:${reference.alias}` : `${name}@${reference.number}`;
    const { id, digest, text } = await api().prompt(asked);
    if (digestBytes(text) !== digest)
      throw new LifecycleError('ARTIFACT', `The api gave a text for ${id} that is not that of its digest.`, { id });
    return { from: id, digest, text };
  },
  async base(id) {
    const { evidence, source, card } = await api().import(id);
    if (evidence !== null) return { id, evidence, source, card };
    throw new LifecycleError('NOT_FOUND', `There is no imported base model ${id}.`);
  },
});

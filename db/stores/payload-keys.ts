import { desc } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { payloadKey } from '../schema/payload-key.js';

/**
 * Remembers which key a worker encrypts with, and says which earlier ones it lacks.
 * @param ids the keys that it has; the first encrypts.
 * @throws LifecycleError CONFLICT for a worker without the newest: it would write, or meet, what it must not.
 */
export const checkPayloadKeys = (db: Database, ids: readonly string[]): Promise<{ missing: string[] }> =>
  withDatabaseErrors(async () => {
    const known = await db.select({ id: payloadKey.id }).from(payloadKey).orderBy(desc(payloadKey.firstUsedAt));
    const missing = known.map(({ id }) => id).filter((id) => !ids.includes(id));
    const newest = known[0]?.id;
    if (newest !== undefined && missing.includes(newest)) {
      const has = ids.join(', ') || 'none';
      const message = `This installation encrypts payloads with the key '${newest}', which this worker does not have (it has: ${has}). Add it to ASSAY_PAYLOAD_KEYS.`;
      throw new LifecycleError('CONFLICT', message, { keyId: newest });
    }
    const [first] = ids;
    if (first !== undefined) await db.insert(payloadKey).values({ id: first }).onConflictDoNothing();
    return { missing };
  });

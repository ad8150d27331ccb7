import { and, eq, ne } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { EffectLedger } from '../../domain/ports/run-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { effect } from '../schema/effect.js';

export const createEffectLedger = (db: Database): EffectLedger =>
  translated<EffectLedger>({
    intend: (key, requestDigest) =>
      db.transaction(async (tx) => {
        const intended = await tx.insert(effect).values({ key, requestDigest }).onConflictDoNothing().returning();
        if (intended.length > 0) {
          await recordEffect(tx, 'effect.intended', key, { requestDigest });
          return { state: 'intent', isNew: true, externalId: null };
        }
        const known = await find(tx, key);
        if (known.requestDigest !== requestDigest)
          throw new LifecycleError('CONFLICT', `The effect ${key} was intended with another request.`, { key });
        return { state: known.state === 'done' ? 'done' : 'intent', isNew: false, externalId: known.externalId };
      }),
    done: (key, externalId) =>
      db.transaction(async (tx) => {
        const settled = await tx
          .update(effect)
          .set({ state: 'done', externalId, settledAt: clock })
          .where(and(eq(effect.key, key), ne(effect.state, 'done')))
          .returning({ key: effect.key });
        if (settled.length > 0) return void (await recordEffect(tx, 'effect.done', key, { externalId }));
        const known = await find(tx, key);
        if (known.externalId !== externalId)
          throw new LifecycleError('CONFLICT', `The effect ${key} is already known as ${known.externalId}.`, { key });
      }),
  });

async function find(tx: Transaction, key: string) {
  const [known] = await tx.select().from(effect).where(eq(effect.key, key));
  if (known === undefined) throw new LifecycleError('NOT_FOUND', `The effect ${key} was never intended.`, { key });
  return known;
}

const recordEffect = (
  tx: Transaction,
  action: 'effect.intended' | 'effect.done',
  key: string,
  details: Record<string, unknown>,
): Promise<boolean> => recordEvent(tx, { project: null, actor: WORKER_ACTOR, action, subject: key, details });

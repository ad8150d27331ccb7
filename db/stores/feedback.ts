import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { auditEvent } from '../schema/audit.js';
import { feedback } from '../schema/traffic.js';
import { findTrigger, insertTrigger, modelBehind } from './insert-trigger.js';

/** What one person or system says that items really were. */
export interface FeedbackBatch {
  project: string;
  alias: string;
  principal: string;
  /** Each names the answered request, the application's own key of the item, or both. */
  items: { requestId?: string; itemKey?: string; label: string }[];
  /** Makes a repeated batch the same batch (the api's Idempotency-Key), in the whole project. Default: a new batch. */
  key?: string;
}

export interface FeedbackStore {
  /**
   * All of it or nothing, with one audit event; and a trigger where a model serves the alias.
   * @throws CONFLICT where the key stands for another batch.
   */
  recordFeedback(batch: FeedbackBatch): Promise<{ count: number; triggerId: string | null }>;
}

export const createFeedbackStore = (db: Database): FeedbackStore =>
  translated<FeedbackStore>({ recordFeedback: (batch) => db.transaction((tx) => insertBatch(tx, batch)) });

const CHUNK = 1_000;

async function insertBatch(tx: Transaction, batch: FeedbackBatch) {
  const { project, alias, principal, items, key = randomUUID() } = batch;
  const batchKey = `${project}/${key}`;
  const digest = digestOf({ alias, items });
  const event = { project, actor: principal, action: 'feedback.recorded', subject: alias } as const;
  const isNew = await recordEvent(tx, { ...event, details: { count: items.length, alias, digest }, key: batchKey });
  const sourceKey = `feedback/${batchKey}`;
  if (!isNew) {
    await requireSameBatch(tx, batchKey, digest);
    return { count: items.length, triggerId: await findTrigger(tx, sourceKey) };
  }
  for (let start = 0; start < items.length; start += CHUNK) {
    const rows = items.slice(start, start + CHUNK).map(({ requestId = null, itemKey = null, label }) => ({
      project,
      alias,
      principal,
      requestId,
      itemKey,
      label,
    }));
    await tx.insert(feedback).values(rows);
  }
  const name = items.length === 0 ? null : await modelBehind(tx, project, alias);
  if (name === null) return { count: items.length, triggerId: null };
  const triggerId = await insertTrigger(tx, { project, name, kind: 'feedback', sourceKey, actor: principal });
  return { count: items.length, triggerId };
}

async function requireSameBatch(tx: Transaction, batchKey: string, digest: Digest): Promise<void> {
  const [row] = await tx
    .select({ details: auditEvent.details })
    .from(auditEvent)
    .where(eq(auditEvent.eventKey, `feedback.recorded/${batchKey}`));
  if (row?.details['digest'] === digest) return;
  throw new LifecycleError('CONFLICT', 'This key already stands for other labels. Use a new key.');
}

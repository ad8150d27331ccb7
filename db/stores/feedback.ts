import { randomUUID } from 'node:crypto';
import { digestOf } from '../../domain/evidence/canonical.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { feedback } from '../schema/traffic.js';
import { insertTrigger, modelBehind } from './insert-trigger.js';

/** What one person or system says that items really were. */
export interface FeedbackBatch {
  project: string;
  alias: string;
  principal: string;
  /** Who else signed the same. */
  alsoSaidBy?: readonly string[];
  /** Each names the answered request, the application's own key of the item, or both. */
  items: { requestId?: string; itemKey?: string; label: string }[];
}

export interface FeedbackStore {
  /** All of it or nothing, with one audit event; and a trigger where a model serves the alias. */
  recordFeedback(batch: FeedbackBatch): Promise<{ count: number; triggerId: string | null }>;
}

export const createFeedbackStore = (db: Database): FeedbackStore =>
  translated<FeedbackStore>({ recordFeedback: (batch) => db.transaction((tx) => insertFeedback(tx, batch)) });

const CHUNK = 1_000;

/** Records a batch in a transaction of the caller's. */
export async function insertFeedback(tx: Transaction, batch: FeedbackBatch) {
  const { project, alias, principal, alsoSaidBy = [], items } = batch;
  const people = [principal, ...alsoSaidBy];
  const batchKey = `${project}/${randomUUID()}`;
  const digest = digestOf({ alias, items });
  const event = { project, actor: principal, action: 'feedback.recorded', subject: alias } as const;
  await recordEvent(tx, {
    ...event,
    details: { count: items.length, alias, digest, ...(alsoSaidBy.length > 0 && { alsoSaidBy }) },
    key: batchKey,
  });
  for (let start = 0; start < items.length; start += CHUNK) {
    const rows = items.slice(start, start + CHUNK).flatMap(({ requestId = null, itemKey = null, label }) => {
      const said = { project, alias, requestId, itemKey, label };
      return people.map((one) => ({ ...said, principal: one }));
    });
    await tx.insert(feedback).values(rows);
  }
  const name = items.length === 0 ? null : await modelBehind(tx, project, alias);
  if (name === null) return { count: items.length, triggerId: null };
  const triggerId = await insertTrigger(tx, {
    project,
    name,
    kind: 'feedback',
    sourceKey: `feedback/${batchKey}`,
    actor: principal,
  });
  return { count: items.length, triggerId };
}

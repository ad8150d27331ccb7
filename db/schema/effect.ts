import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { clock, moment } from './columns.js';

export const EFFECT_STATES = ['intent', 'done', 'unknown'] as const;

/** Side effects on the outside, by a key that knows nothing of attempts. */
export const effect = pgTable('effect', {
  key: text('key').primaryKey(),
  state: text('state', { enum: EFFECT_STATES }).notNull().default('intent'),
  requestDigest: text('request_digest').$type<Digest>().notNull(),
  externalId: text('external_id'),
  intendedAt: moment('intended_at').notNull().default(clock),
  settledAt: moment('settled_at'),
});

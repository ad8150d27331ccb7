import { doublePrecision, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { CallCost, ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { Turns } from '../../domain/limits/share-out.js';
import { clock, moment } from './columns.js';

/** What all workers share of a provider's account. */
export const providerAccount = pgTable('provider_account', {
  name: text('name').primaryKey(),
  limits: jsonb('limits').$type<ProviderLimits>().notNull().default({}),
  requestsLevel: doublePrecision('requests_level').notNull(),
  tokensLevel: doublePrecision('tokens_level').notNull(),
  refilledAt: moment('refilled_at').notNull().default(clock),
  heldUntil: moment('held_until').notNull(),
  turns: jsonb('turns').$type<Turns>().notNull().default({}),
});

export const providerLease = pgTable('provider_lease', {
  account: text('account').notNull(),
  worker: text('worker').notNull(),
  underWay: integer('under_way').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

export const providerWaiter = pgTable('provider_waiter', {
  account: text('account').notNull(),
  worker: text('worker').notNull(),
  project: text('project').notNull(),
  calls: jsonb('calls').$type<CallCost[]>().notNull(),
  since: moment('since').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
});

export const providerJob = pgTable('provider_job', {
  account: text('account').notNull(),
  runId: text('run_id').notNull(),
  project: text('project').notNull(),
  askedAt: moment('asked_at').notNull().default(clock),
  seenAt: moment('seen_at').notNull().default(clock),
  takenAt: moment('taken_at'),
});

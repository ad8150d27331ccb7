import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Envelope } from '../../domain/evidence/dsse.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { DECISION_VERDICTS } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** A signed verdict of one person in one role. The envelope is what was signed. */
export const decision = pgTable('decision', {
  number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
  id: text('id')
    .primaryKey()
    .default(sql`gen_random_uuid()::text`),
  requestId: text('request_id').notNull(),
  subjectDigest: text('subject_digest').$type<Digest>().notNull(),
  principal: text('principal').notNull(),
  stage: text('stage').notNull(),
  role: text('role').notNull(),
  verdict: text('verdict', { enum: DECISION_VERDICTS }).notNull(),
  reason: text('reason').notNull(),
  /** Whose voice it is, and under which delegation, where they sign for another. */
  onBehalfOf: text('on_behalf_of'),
  delegation: text('delegation'),
  /** The role by which they sign in its place, after an escalation. */
  via: text('via'),
  /** The decision of theirs that it takes back or replaces. */
  supersedes: text('supersedes'),
  envelope: jsonb('envelope').$type<Envelope>().notNull(),
  decidedAt: moment('decided_at').notNull().default(clock),
});

/** A signed exception for one answer: for one purpose, until a date. */
export const waiver = pgTable('waiver', {
  number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
  id: text('id')
    .primaryKey()
    .default(sql`gen_random_uuid()::text`),
  requestId: text('request_id').notNull(),
  question: text('question').notNull(),
  principal: text('principal').notNull(),
  role: text('role').notNull(),
  reason: text('reason').notNull(),
  purpose: text('purpose').notNull(),
  until: moment('until').notNull(),
  envelope: jsonb('envelope').$type<Envelope>().notNull(),
  decidedAt: moment('decided_at').notNull().default(clock),
});

import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { REQUEST_STATES } from '../../domain/kernel/states.js';
import type { ApprovalSubject, ApprovalTerms } from '../../domain/ports/approval-store.js';
import { clock, moment } from './columns.js';

export const approvalRequest = pgTable('approval_request', {
  id: text('id').primaryKey(),
  runId: text('run_id').notNull(),
  project: text('project').notNull(),
  subject: jsonb('subject').$type<ApprovalSubject>().notNull(),
  terms: jsonb('terms').$type<ApprovalTerms>().notNull(),
  subjectDigest: text('subject_digest').$type<Digest>().notNull(),
  policyDigest: text('policy_digest').$type<Digest>().notNull(),
  openedAt: moment('opened_at').notNull().default(clock),
  expiresAt: moment('expires_at').notNull(),
  state: text('state', { enum: REQUEST_STATES }).notNull().default('open'),
  closedAt: moment('closed_at'),
  closedReason: text('closed_reason'),
});

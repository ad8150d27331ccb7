import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { clock, moment } from './columns.js';

/** What a POST with an Idempotency-Key was answered. */
export const idempotentAnswer = pgTable(
  'idempotent_answer',
  {
    principal: text('principal').notNull(),
    project: text('project').notNull(),
    key: text('key').notNull(),
    requestDigest: text('request_digest').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    answeredAt: moment('answered_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.principal, table.project, table.key] })],
);

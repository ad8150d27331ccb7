import { sql } from 'drizzle-orm';
import { bigint, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { SERVED_OUTCOMES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** One request that a version was asked to answer, partitioned by day (UTC). `number` is in the order of commits per alias. */
export const servedRequest = pgTable(
  'served_request',
  {
    day: date('day').notNull(),
    id: text('id').notNull(),
    number: bigint('number', { mode: 'number' })
      .notNull()
      .default(sql`nextval('served_request_number')`),
    at: moment('at').notNull(),
    project: text('project').notNull(),
    alias: text('alias').notNull(),
    versionId: text('version_id').notNull(),
    itemKey: text('item_key'),
    maskedInput: text('masked_input').notNull(),
    output: text('output').notNull(),
    promptTokens: integer('prompt_tokens').notNull(),
    completionTokens: integer('completion_tokens').notNull(),
    latencyMilliseconds: integer('latency_milliseconds').notNull(),
    outcome: text('outcome', { enum: SERVED_OUTCOMES }).notNull().default('answered'),
  },
  (table) => [primaryKey({ columns: [table.day, table.id] })],
);

/** What people said that an item really was. The latest word counts. */
export const feedback = pgTable('feedback', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  alias: text('alias').notNull(),
  requestId: text('request_id'),
  itemKey: text('item_key'),
  label: text('label').notNull(),
  principal: text('principal').notNull(),
  at: moment('at').notNull().default(clock),
});

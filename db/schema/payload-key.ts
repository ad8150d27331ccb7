import { pgTable, text } from 'drizzle-orm/pg-core';
import { clock, moment } from './columns.js';

/** A key that encrypted payloads, by its name; the key itself stands nowhere in the database. */
export const payloadKey = pgTable('payload_key', {
  id: text('id').primaryKey(),
  firstUsedAt: moment('first_used_at').notNull().default(clock),
});

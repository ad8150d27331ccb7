import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { clock, moment } from './columns.js';

/** The one row that names this installation: what signed statements are bound to. */
export const instance = pgTable('instance', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  id: uuid('id').notNull().defaultRandom(),
  name: text('name').notNull().default('assay'),
  createdAt: moment('created_at').notNull().default(clock),
});

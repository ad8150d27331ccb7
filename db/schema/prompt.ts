import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { clock, moment } from './columns.js';

export const promptVersion = pgTable(
  'prompt_version',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    number: integer('number').notNull(),
    digest: text('digest').$type<Digest>().notNull(),
    text: text('text').notNull(),
    author: text('author').notNull(),
    pushedAt: moment('pushed_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

/** Where an author's alias pointed, move by move; the highest revision is where it points now. */
export const promptAliasMove = pgTable(
  'prompt_alias_move',
  {
    project: text('project').notNull(),
    name: text('name').notNull(),
    alias: text('alias').notNull(),
    revision: integer('revision').notNull(),
    number: integer('number').notNull(),
    author: text('author').notNull(),
    at: moment('at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.name, table.alias, table.revision] })],
);

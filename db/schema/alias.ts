import { bigint, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AliasRoute } from '../../domain/ports/registry-store.js';
import { clock, moment } from './columns.js';

/** Where an alias points now. */
export const aliasRoute = pgTable(
  'alias_route',
  {
    project: text('project').notNull(),
    alias: text('alias').notNull(),
    revision: integer('revision').notNull(),
    routes: jsonb('routes').$type<AliasRoute['routes']>().notNull(),
    champion: text('champion'),
    requestId: text('request_id'),
    movedAt: moment('moved_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.alias] })],
);

/** Where it pointed, move by move. */
export const aliasMove = pgTable('alias_move', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  alias: text('alias').notNull(),
  revision: integer('revision').notNull(),
  routes: jsonb('routes').$type<AliasRoute['routes']>().notNull(),
  champion: text('champion'),
  runId: text('run_id').notNull(),
  requestId: text('request_id').notNull(),
  reason: text('reason').notNull(),
  key: text('key').notNull(),
  at: moment('at').notNull().default(clock),
});

/** Since when a move was so in truth; null: never. */
export const aliasCorrection = pgTable('alias_correction', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  alias: text('alias').notNull(),
  revision: integer('revision').notNull(),
  effectiveAt: moment('effective_at'),
  principal: text('principal').notNull(),
  reason: text('reason').notNull(),
  at: moment('at').notNull().default(clock),
});

import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import type { TrainedModel } from '../../domain/ports/trainer.js';
import { clock, moment } from './columns.js';

export const modelVersion = pgTable(
  'model_version',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    number: integer('number').notNull(),
    runId: text('run_id').notNull(),
    trained: jsonb('trained').$type<TrainedModel>().notNull(),
    baseModel: text('base_model').notNull(),
    evidence: text('evidence').$type<Digest>().notNull(),
    registeredAt: moment('registered_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

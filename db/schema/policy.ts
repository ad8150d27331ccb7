import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import { clock, moment } from './columns.js';

/** A policy as somebody used it first: the same name and version is the same content. */
export const policy = pgTable(
  'policy',
  {
    project: text('project').notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').$type<Digest>().notNull(),
    body: jsonb('body').$type<ApprovalPolicy>().notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.project, table.name, table.version] })],
);

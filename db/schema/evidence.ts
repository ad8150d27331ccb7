import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Digest } from '../../domain/kernel/digest.js';
import { EVIDENCE_KINDS } from '../../domain/evidence/evidence.js';
import { STAGES } from '../../domain/kernel/states.js';
import { clock, moment } from './columns.js';

/** `content` is the canonical JSON whose SHA-256 is `id`; `kind` and `subject` are copies for queries. */
export const evidence = pgTable('evidence', {
  id: text('id').$type<Digest>().primaryKey(),
  kind: text('kind', { enum: EVIDENCE_KINDS }).notNull(),
  subject: text('subject').$type<Digest>().notNull(),
  content: text('content').notNull(),
  createdAt: moment('created_at').notNull().default(clock),
});

/** Which run used which evidence in which stage. */
export const evidenceUse = pgTable(
  'evidence_use',
  {
    evidence: text('evidence').$type<Digest>().notNull(),
    runId: text('run_id').notNull(),
    stage: text('stage', { enum: STAGES }).notNull(),
    at: moment('at').notNull().default(clock),
  },
  (table) => [primaryKey({ columns: [table.evidence, table.runId, table.stage] })],
);

/** Lineage, one step. An input is a digest of evidence, of a dataset or of an artifact. */
export const evidenceEdge = pgTable(
  'evidence_edge',
  {
    evidence: text('evidence').$type<Digest>().notNull(),
    input: text('input').$type<Digest>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.evidence, table.input] })],
);

/** Lineage, all steps. */
export const evidenceClosure = pgTable(
  'evidence_closure',
  {
    descendant: text('descendant').$type<Digest>().notNull(),
    ancestor: text('ancestor').$type<Digest>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.descendant, table.ancestor] })],
);

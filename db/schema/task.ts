import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Envelope } from '../../domain/evidence/dsse.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { TASK_KINDS, TASK_STATES } from '../../domain/kernel/states.js';
import type { TaskForm } from '../../domain/tasks/task.js';
import { clock, moment } from './columns.js';

/** A question to a person. */
export const task = pgTable('task', {
  id: text('id')
    .primaryKey()
    .default(sql`'task-' || nextval('task_number')`),
  project: text('project').notNull(),
  kind: text('kind', { enum: TASK_KINDS }).notNull(),
  title: text('title').notNull(),
  subject: text('subject').notNull(),
  runId: text('run_id'),
  form: jsonb('form').$type<TaskForm>().notNull(),
  candidateRoles: text('candidate_roles').array().notNull(),
  candidatePeople: text('candidate_people').array().notNull(),
  excludedPeople: text('excluded_people').array().notNull().default([]),
  answersNeeded: integer('answers_needed').notNull().default(1),
  batch: text('batch'),
  dueAt: moment('due_at').notNull(),
  state: text('state', { enum: TASK_STATES }).notNull().default('open'),
  answer: text('answer'),
  evidence: text('evidence').$type<Digest>(),
  openedBy: text('opened_by').notNull(),
  openedAt: moment('opened_at').notNull().default(clock),
  closedAt: moment('closed_at'),
});

/** A signed answer of one person. The envelope is what was signed. */
export const taskAnswer = pgTable('task_answer', {
  number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
  id: text('id')
    .primaryKey()
    .default(sql`gen_random_uuid()::text`),
  taskId: text('task_id').notNull(),
  principal: text('principal').notNull(),
  answer: text('answer').notNull(),
  reason: text('reason').notNull(),
  envelope: jsonb('envelope').$type<Envelope>().notNull(),
  answeredAt: moment('answered_at').notNull().default(clock),
});

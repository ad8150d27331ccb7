import { z } from 'zod';
import { TASK_KINDS, TASK_STATES } from '../kernel/states.js';

const taskSummary = z.object({
  id: z.string(),
  project: z.string(),
  kind: z.enum(TASK_KINDS),
  title: z.string(),
  /** The id or the digest of what is asked about: of an approval and a waiver the request's. */
  subject: z.string(),
  runId: z.string().nullable(),
  state: z.enum(TASK_STATES),
  batch: z.string().nullable(),
  dueAt: z.string(),
  openedAt: z.string(),
  waitingForYou: z.boolean(),
  /** Why it does not wait for the caller, or null where it does. */
  whyNot: z.string().nullable(),
  /** Of an approval: the signatures that count. */
  answersGiven: z.number().int(),
  answersNeeded: z.number().int(),
});

export const taskSummarySchema = taskSummary.meta({ id: 'TaskSummary' });
export type TaskSummary = z.infer<typeof taskSummarySchema>;

/** `next` is the `cursor` of the following page; null at the end. */
export const taskPageSchema = z
  .object({ tasks: z.array(taskSummarySchema), next: z.string().nullable() })
  .meta({ id: 'TaskPage' });
export type TaskPage = z.infer<typeof taskPageSchema>;

const formSchema = z.object({
  question: z.string(),
  /** What can be answered; any text where it is left out. */
  choices: z.array(z.string()).exactOptional(),
  /** Whoever holds one of these roles settles two answers that differ. */
  adjudicators: z.array(z.string()).exactOptional(),
  /** The question about the data whose answer is to be waived. */
  waives: z.string().exactOptional(),
});

const answerViewSchema = z.object({
  id: z.string(),
  principal: z.string(),
  answer: z.string(),
  reason: z.string(),
  at: z.string(),
  keyId: z.string().nullable(),
});

export const taskViewSchema = taskSummary
  .extend({
    form: formSchema,
    candidates: z.object({
      roles: z.array(z.string()),
      people: z.array(z.string()),
      /** Who is asked at this moment: whoever is named or holds one of the roles, and is not left out by four eyes. */
      now: z.array(z.object({ principal: z.string(), displayName: z.string(), roles: z.array(z.string()) })),
    }),
    openedBy: z.string(),
    closedAt: z.string().nullable(),
    /** What was agreed on, or settled. */
    answer: z.string().nullable(),
    /** The evidence that a fact check left. */
    evidence: z.string().nullable(),
    /** Those whose signature holds. Of an open task the caller sees their own, and the others' once they have answered. */
    answers: z.array(answerViewSchema),
    /** Ids of answers on file that nobody signed. */
    unverified: z.array(z.string()),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof taskViewSchema>;

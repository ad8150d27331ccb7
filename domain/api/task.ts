import { z } from 'zod';
import { TASK_KINDS, TASK_STATES } from '../kernel/states.js';
import { keyField, momentField, nameField, plainTextField } from './fields.js';

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

const shortText = plainTextField({ min: 1, max: 200 });
const roleNames = z.array(nameField).max(20).default([]);

/**
 * What can be asked here: approvals and waivers are opened by requests. Two independent answers need choices, so that
 * they can be equal, and somebody who settles a difference.
 */
export const openTaskSchema = z
  .strictObject({
    kind: z.enum(TASK_KINDS).exclude(['approval', 'waiver']),
    title: shortText,
    subject: keyField(200),
    runId: keyField(200).optional(),
    form: z.strictObject({
      question: plainTextField({ min: 1, max: 2000 }),
      choices: z.array(shortText).min(2).max(50).optional(),
      adjudicators: z.array(nameField).min(1).max(20).optional(),
    }),
    candidates: z.strictObject({ roles: roleNames, people: z.array(keyField(200)).max(50).default([]) }),
    answersNeeded: z.union([z.literal(1), z.literal(2)]).default(1),
    batch: keyField(100).optional(),
    /** A week from now where it is left out. */
    dueAt: momentField.optional(),
  })
  .superRefine(({ form, candidates, answersNeeded }, context) => {
    const { choices = [], adjudicators } = form;
    const problem = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (candidates.roles.length + candidates.people.length === 0)
      problem(['candidates'], 'name a role or a person who is asked');
    if (new Set(choices).size < choices.length) problem(['form', 'choices'], 'names a choice twice');
    if (answersNeeded === 1) return;
    if (choices.length === 0) problem(['form', 'choices'], 'are needed for two answers to be equal');
    if (adjudicators === undefined) problem(['form', 'adjudicators'], 'are needed to settle two answers that differ');
  })
  .meta({
    id: 'OpenTask',
    examples: [
      {
        kind: 'label',
        title: 'Is it spam?',
        subject: 'request-4711',
        form: { question: 'Is this message spam or ham?', choices: ['spam', 'ham'], adjudicators: ['ml-lead'] },
        candidates: { roles: ['author'] },
        answersNeeded: 2,
        batch: 'week-12',
      },
    ],
  });
export type OpenTask = z.input<typeof openTaskSchema>;

export const answerTaskSchema = z
  .strictObject({
    answer: plainTextField({ min: 1, max: 2000 }),
    reason: plainTextField({ min: 0, max: 2000 }).default(''),
  })
  .meta({ id: 'AnswerTask', examples: [{ answer: 'spam', reason: 'It asks for a password.' }] });
export type AnswerTask = z.input<typeof answerTaskSchema>;

/** The answer to an answer: the same for every repetition of it. */
export const answeredTaskSchema = z
  .object({ answerId: z.string(), taskId: z.string(), answer: z.string(), keyId: z.string() })
  .meta({ id: 'AnsweredTask' });
export type AnsweredTask = z.infer<typeof answeredTaskSchema>;

export const agreementSchema = z
  .object({
    batch: z.string(),
    tasks: z.number().int(),
    /** Tasks with two independent answers. */
    n: z.number().int(),
    people: z.number().int(),
    observed: z.number().nullable(),
    method: z.enum(['cohen', 'fleiss']),
    kappa: z.number().nullable(),
    isTooFew: z.boolean(),
    meaning: z.string(),
  })
  .meta({ id: 'TaskAgreement' });
export type AgreementView = z.infer<typeof agreementSchema>;

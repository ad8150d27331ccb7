import { z } from 'zod';
import { TASK_KINDS } from '../kernel/states.js';

export const TASK_ANSWER_PAYLOAD_TYPE = 'application/vnd.assay.task-answer+json';

/** What a person signs when they answer a task. */
export const taskAnswerStatementSchema = z.strictObject({
  /** The installation that the task belongs to: a signature is worth nothing elsewhere. */
  instance: z.string(),
  taskId: z.string(),
  kind: z.enum(TASK_KINDS),
  subject: z.string(),
  /** Of the form: what was asked is signed with the answer. */
  formDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  answer: z.string(),
  reason: z.string(),
  principal: z.string(),
  authn: z.strictObject({ method: z.string(), at: z.string() }),
  at: z.string(),
});
export type TaskAnswerStatement = z.infer<typeof taskAnswerStatementSchema>;

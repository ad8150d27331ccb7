import { z } from 'zod';
import { STAGES } from '../kernel/states.js';

/** A state change of a run (`action` as in the audit log), or what its provider told while it trained. */
export const runLogEntrySchema = z
  .object({
    cursor: z.string(),
    at: z.string(),
    stage: z.enum(STAGES).nullable(),
    kind: z.enum(['state', 'training']),
    action: z.string().nullable(),
    message: z.string().nullable(),
    /** Of training events: numbers by name, e.g. `step`, `loss`. */
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RunLogEntry' });
export type RunLogEntryView = z.infer<typeof runLogEntrySchema>;

/** `next` is the `after` of the following page, also where nothing follows yet. */
export const runLogPageSchema = z
  .object({
    entries: z.array(runLogEntrySchema),
    next: z.string().nullable(),
    /** The run has ended and nothing follows. */
    isComplete: z.boolean(),
  })
  .meta({ id: 'RunLogPage' });
export type RunLogPageView = z.infer<typeof runLogPageSchema>;

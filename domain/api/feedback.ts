import { z } from 'zod';
import { keyField, nameField } from './fields.js';

const labelField = keyField(200);

/** What people say the right answer was: by the application's key of the item, or by the id of the request. */
export const feedbackSchema = z
  .strictObject({
    alias: nameField,
    labels: z
      .array(
        z.union([
          z.strictObject({ itemKey: keyField(500), label: labelField }),
          z.strictObject({ requestId: keyField(100), label: labelField }),
        ]),
      )
      .min(1)
      .max(5000),
  })
  .meta({ id: 'Feedback', examples: [{ alias: 'email-triage', labels: [{ itemKey: 'mail-4711', label: 'spam' }] }] });
export type Feedback = z.infer<typeof feedbackSchema>;

export const recordedFeedbackSchema = z
  .object({ alias: z.string(), recorded: z.number().int() })
  .meta({ id: 'RecordedFeedback' });
export type RecordedFeedback = z.infer<typeof recordedFeedbackSchema>;

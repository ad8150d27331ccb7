import { z } from 'zod';

/** What is told of an event at once: nothing of its content. Whoever wants more reads what it is about. */
export const toldEventSchema = z
  .object({ leafIndex: z.number().int(), action: z.string(), subject: z.string() })
  .meta({ id: 'ToldEvent' });
export type ToldEventView = z.infer<typeof toldEventSchema>;

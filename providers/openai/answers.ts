import { z } from 'zod';

/** What is read of a provider's answers: as little as possible, so that much of the rest may differ. */
export const fileAnswer = z.object({ id: z.string().min(1), filename: z.string().optional() });

export const jobAnswer = z.object({
  id: z.string().min(1),
  status: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  fine_tuned_model: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  result_files: z.array(z.string()).nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
});
export type JobAnswer = z.infer<typeof jobAnswer>;

const eventAnswer = z.object({
  id: z.string().min(1),
  message: z.string().nullish(),
  data: z.unknown().optional(),
});
export type EventAnswer = z.infer<typeof eventAnswer>;

const pageOf = <T>(item: z.ZodType<T>) => z.object({ data: z.array(item), has_more: z.boolean().nullish() });
export const jobPage = pageOf(jobAnswer);
export const eventPage = pageOf(eventAnswer);

export const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

export const modelCatalogue = z.object({ data: z.array(z.looseObject({ id: z.string() })) });

export const chatAnswer = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

import { z } from 'zod';
import { badRequest } from '../api-errors.js';
import { DEFAULT_HYPERPARAMETERS, type Hyperparameters } from '../linear-ngram/train.js';

const hyperparametersSchema = z.record(z.string(), z.union([z.number(), z.literal('auto')]));

/** The body of `POST /v1/fine_tuning/jobs`. Unknown keys are refused: a job never ignores what it was asked for. */
export const jobRequestSchema = z.strictObject({
  model: z.string(),
  training_file: z.string(),
  validation_file: z.string().nullish(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .nullish(),
  suffix: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((metadata) => Object.keys(metadata).length <= 16, 'must hold at most 16 pairs')
    .nullish(),
  hyperparameters: hyperparametersSchema.nullish(),
  method: z
    .strictObject({
      type: z.literal('supervised'),
      supervised: z.strictObject({ hyperparameters: hyperparametersSchema.nullish() }).nullish(),
    })
    .nullish(),
});
export type JobRequest = z.infer<typeof jobRequestSchema>;

const KNOWN: Record<string, { is: keyof Hyperparameters; schema: z.ZodType<number>; range: string }> = {
  n_epochs: { is: 'epochs', schema: z.int().min(1).max(50), range: 'a whole number from 1 to 50' },
  learning_rate: { is: 'learningRate', schema: z.number().gt(0).max(10), range: 'above 0 and at most 10' },
};

/** @throws LifecycleError INVALID_INPUT for a hyperparameter that this model does not have, or out of its range. */
export function hyperparametersOf(request: JobRequest): Hyperparameters {
  const asked = { ...request.hyperparameters, ...request.method?.supervised?.hyperparameters };
  const chosen = { ...DEFAULT_HYPERPARAMETERS };
  for (const [name, value] of Object.entries(asked)) {
    if (value === 'auto') continue;
    const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
    if (known === undefined) {
      const names = Object.entries(KNOWN).map(([known, { is }]) => `${known} (${is} in a lifecycle file)`);
      const message = `Unknown hyperparameter '${name}'. linear-ngram has ${names.join(' and ')}.`;
      throw badRequest(message, `hyperparameters.${name}`, 'unknown_hyperparameter');
    }
    if (!known.schema.safeParse(value).success) {
      throw badRequest(`${name} must be ${known.range}.`, `hyperparameters.${name}`, 'invalid_value');
    }
    chosen[known.is] = value;
  }
  return chosen;
}

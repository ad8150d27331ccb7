import { z } from 'zod';
import { count, foreignId, name, text } from './fields.js';
import { isWithoutRepeats } from './rules.js';

const apiVersion = z.literal('assay/v1');
const once = { error: isWithoutRepeats.error };

/** The fields of a task; in a plan they stand alone, in a file below `kind: Task`. */
export const taskFields = {
  id: name,
  version: count(1),
  description: text(),
  dataset: z.strictObject({ source: name, split: z.enum(['test', 'validation']) }),
  scorer: z.literal('exact-match'),
  metrics: z
    .array(z.enum(['f1-macro', 'accuracy']))
    .min(1)
    .refine(isWithoutRepeats.holds, once),
};

export const instruction = text(20_000);

export const taskFile = z
  .strictObject({ apiVersion, kind: z.literal('Task'), ...taskFields, instruction: instruction.optional() })
  .transform((file) => ({ ...withoutHead(file), instruction: file.instruction ?? null }));

const stage = z.strictObject({
  name,
  roles: z
    .array(z.strictObject({ role: name, count: count(1, 100) }))
    .min(1)
    .refine((roles) => isWithoutRepeats.holds(roles.map(({ role }) => role)), once),
});

export const policyFields = {
  name,
  version: count(1),
  stages: z
    .array(stage)
    .min(1, { error: 'A policy without stages would let everything out.' })
    .refine((stages) => isWithoutRepeats.holds(stages.map((each) => each.name)), once),
  fourEyes: z.strictObject({ excludeRequester: z.boolean() }),
  distinctPeople: z.boolean(),
  waivers: z.strictObject({ role: name }),
};

export const policyFile = z
  .strictObject({ apiVersion, kind: z.literal('ApprovalPolicy'), ...policyFields })
  .transform(withoutHead);

/** What is not known is written as `unknown`, never left out. */
export const cardFields = {
  id: foreignId,
  description: text(),
  trainingData: text(),
  licence: text(200),
  limitations: z.array(text()),
  guarantees: text(),
  retirement: text(200),
};

export const cardFile = z
  .strictObject({ apiVersion, kind: z.literal('BaseModelCard'), ...cardFields })
  .transform(withoutHead);

function withoutHead<T extends { apiVersion: string; kind: string }>(file: T): Omit<T, 'apiVersion' | 'kind'> {
  const { apiVersion: _apiVersion, kind: _kind, ...body } = file;
  return body;
}

import { z } from 'zod';
import { count, foreignId, name, text } from './fields.js';
import { hasStagesInOrder, policyFields } from './policy-fields.js';
import { isWithoutRepeats } from './rules.js';

const apiVersion = z.literal('assay/v1').describe('The version of this file format.');
const once = { error: isWithoutRepeats.error };

/** The fields of a task; in a plan they stand alone, in a file below `kind: Task`. */
export const taskFields = {
  id: name.meta({ description: 'The name by which gates ask for this task.', examples: ['triage'] }),
  version: count(1).meta({
    description: 'Counts up when the task changes; scores of two versions are not compared.',
    examples: [1],
  }),
  description: text().meta({ description: 'What the task asks, for people.', examples: ['Is a message spam or ham?'] }),
  dataset: z
    .strictObject({
      source: name.meta({ description: 'The id of a source of the lifecycle file.', examples: ['mail-past'] }),
      split: z.enum(['test', 'validation']).describe('Which part of it is asked.'),
    })
    .describe('Which records the model is asked.'),
  scorer: z.literal('exact-match').describe("Right is an answer that is the record's label."),
  metrics: z
    .array(z.enum(['f1-macro', 'accuracy']))
    .min(1)
    .refine(isWithoutRepeats.holds, once)
    .meta({ description: 'What is computed from the scores.', examples: [['f1-macro', 'accuracy']] }),
};

export const instruction = text(20_000).meta({
  description: 'What the model is told before each record; nothing where it is left out.',
  examples: ['Answer "spam" or "ham" for the message.'],
});

export const taskFile = z
  .strictObject({
    apiVersion,
    kind: z.literal('Task').describe('A task.'),
    ...taskFields,
    instruction: instruction.optional(),
  })
  .transform((file) => ({ ...withoutHead(file), instruction: file.instruction ?? null }));

export const policyFile = z
  .strictObject({ apiVersion, kind: z.literal('ApprovalPolicy').describe('A policy.'), ...policyFields })
  .refine(hasStagesInOrder.holds, hasStagesInOrder)
  .transform(withoutHead);

/** What is not known is written as `unknown`, never left out. */
export const cardFields = {
  id: foreignId.meta({ description: 'The id as in model.base.id.', examples: ['local/linear-ngram'] }),
  description: text().meta({
    description: 'What the model is.',
    examples: ['A language model of 8 billion parameters.'],
  }),
  trainingData: text().meta({ description: 'What is disclosed of its training data.', examples: ['unknown'] }),
  licence: text(200).meta({ description: 'Its licence, by SPDX id where it has one.', examples: ['Apache-2.0'] }),
  limitations: z.array(text()).meta({ description: 'What it is known not to do well.', examples: [['unknown']] }),
  guarantees: text().meta({ description: 'What its maker promises.', examples: ['none'] }),
  retirement: text(200).meta({ description: 'When it will no longer be served.', examples: ['none planned'] }),
};

export const cardFile = z
  .strictObject({ apiVersion, kind: z.literal('BaseModelCard').describe('A base model card.'), ...cardFields })
  .transform(withoutHead);

function withoutHead<T extends { apiVersion: string; kind: string }>(file: T): Omit<T, 'apiVersion' | 'kind'> {
  const { apiVersion: _apiVersion, kind: _kind, ...body } = file;
  return body;
}

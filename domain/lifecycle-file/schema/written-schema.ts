import { z } from 'zod';
import { dataSection } from './data-section.js';
import { name, principals, text } from './fields.js';
import { inputJsonSchema } from './input-json-schema.js';
import { deploySection, evaluateSection, monitorSection, retrainSection } from './later-sections.js';
import { trainsOnSomething } from './rules.js';
import { approveSection, budgetSection, modelSection, trainSection } from './model-sections.js';

/** The lifecycle file as a team writes it. Everything not named here is refused. */
export const writtenLifecycle = z
  .strictObject({
    apiVersion: z.literal('assay/v1').describe('The version of this file format.'),
    name: name.meta({
      description: 'The name of the lifecycle and of the model that it makes.',
      examples: ['email-triage'],
    }),
    purpose: text().meta({
      description: 'The intended use; it ends on the model card.',
      examples: ['Answer "spam" or "ham" for an incoming message.'],
    }),
    owners: z
      .array(name)
      .min(1, { error: 'Name at least one owner.' })
      .meta({ description: 'The teams that answer for this lifecycle.', examples: [['ml-team']] }),
    authors: principals.optional().meta({
      description: 'Who wrote it, by the names under which they sign in: a policy may keep them from signing.',
      examples: [['ada']],
    }),
    data: dataSection.describe('Where records come from and how they become datasets.'),
    model: modelSection.describe('What training starts from, and who trains and serves it.'),
    train: trainSection
      .nullish()
      .describe('How the model is trained. Left out, nothing is: the base model with its prompt is what is released.'),
    evaluate: evaluateSection.describe('What is measured, and what a model must reach.'),
    approve: approveSection.describe('Who has to sign before a model is served.'),
    deploy: deploySection.describe('Where the model serves, and in which steps it takes over.'),
    monitor: monitorSection.describe('How served traffic is watched.'),
    budget: budgetSection.nullish().describe('What may be spent. A training quoted above it is not started.'),
    retrain: retrainSection.nullish().describe('What starts the next run.'),
  })
  .refine(trainsOnSomething.holds, { error: trainsOnSomething.error, path: ['train'] })
  .meta({ title: 'Assay lifecycle file' });

export type WrittenLifecycle = z.output<typeof writtenLifecycle>;

/** The JSON Schema of the file as written, for editors; kept in `assay.schema.json`. */
export const lifecycleJsonSchema = (): unknown => inputJsonSchema(writtenLifecycle);

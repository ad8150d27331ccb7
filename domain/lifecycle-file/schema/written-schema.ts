import { z } from 'zod';
import { dataSection } from './data-section.js';
import { deploySection, evaluateSection, monitorSection, retrainSection } from './later-sections.js';
import { count, foreignId, money, name, positiveDuration, relativePath, text } from './fields.js';

/** `epochs`, `learningRate`. */
export const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, {
  error: 'Write the name of a hyperparameter in camelCase.',
});

/** The lifecycle file as a team writes it. Everything not named here is refused. */
export const writtenLifecycle = z
  .strictObject({
    apiVersion: z.literal('assay/v1'),
    name: name.describe('The name of the lifecycle and of the model that it makes.'),
    purpose: text().describe('The intended use; it ends on the model card.'),
    owners: z.array(name).min(1, { error: 'Name at least one owner.' }),
    data: dataSection.describe('Where records come from and how they become datasets.'),
    model: z.strictObject({
      provider: name.describe('A provider that the worker knows.'),
      base: z.strictObject({
        id: foreignId,
        card: relativePath.nullish().describe('A BaseModelCard: what is known of the base model.'),
      }),
    }),
    train: z.strictObject({
      hyperparameters: z.record(parameterName, z.number()).optional(),
      seed: count(0, 2_147_483_647),
    }),
    evaluate: evaluateSection.describe('What is measured, and what a model must reach.'),
    approve: z.strictObject({
      policy: relativePath.describe('An ApprovalPolicy.'),
      expiresAfter: positiveDuration.describe('After this time an approval that was not used is void, e.g. 7d.'),
    }),
    deploy: deploySection.describe('Where the model serves, and in which steps it takes over.'),
    monitor: monitorSection.describe('How served traffic is watched.'),
    budget: z
      .strictObject({ limit: money, per: z.enum(['month', 'run']) })
      .nullish()
      .describe('What may be spent, e.g. limit 200 USD.'),
    retrain: retrainSection.nullish().describe('What starts the next run.'),
  })
  .meta({ title: 'Assay lifecycle file' });

export type WrittenLifecycle = z.output<typeof writtenLifecycle>;

/** The JSON Schema of the file as written, for editors; kept in `assay.schema.json`. */
export const lifecycleJsonSchema = (): unknown => z.toJSONSchema(writtenLifecycle, { io: 'input' });

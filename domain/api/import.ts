import { z } from 'zod';
import { IMPORT_STATES } from '../kernel/states.js';
import { foreignId, name } from '../lifecycle-file/schema/fields.js';
import { cardFields } from '../lifecycle-file/schema/referenced-schemas.js';
import { digestField, keyField } from './fields.js';

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('endpoint'), provider: name, model: foreignId }),
  /** A folder in the folder of the worker. */
  z.strictObject({ kind: z.literal('weights'), folder: keyField(300) }),
]);

/** What the card does not disclose is written as `unknown`. */
export const requestImportSchema = z
  .strictObject({ name, source: sourceSchema, card: z.strictObject(cardFields) })
  .meta({
    id: 'RequestImport',
    examples: [
      {
        name: 'small-model',
        source: { kind: 'endpoint', provider: 'local', model: 'local/linear-ngram' },
        card: {
          id: 'local/linear-ngram',
          description: 'A linear classifier.',
          trainingData: 'none',
          licence: 'Apache-2.0',
          limitations: ['unknown'],
          guarantees: 'unknown',
          retirement: 'unknown',
        },
      },
    ],
  });
export type RequestImport = z.infer<typeof requestImportSchema>;

/** A worker carries an import out: it ends as `imported`, or as `refused` with the reason. */
export const importViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** `<name>@<number>`, as lifecycle files name it; null until it is imported. */
    version: z.string().nullable(),
    state: z.enum(IMPORT_STATES),
    source: z.union([
      z.object({ kind: z.literal('endpoint'), provider: z.string(), model: z.string() }),
      z.object({ kind: z.literal('weights'), folder: z.string() }),
    ]),
    card: z.object(cardFields),
    evidence: digestField.nullable(),
    reason: z.string().nullable(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof importViewSchema>;

export const importListSchema = z.object({ imports: z.array(importViewSchema) }).meta({ id: 'ImportList' });
export type ImportList = z.infer<typeof importListSchema>;

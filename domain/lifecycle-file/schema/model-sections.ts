import { z } from 'zod';
import { RISKS } from '../../kernel/states.js';
import { isPromptReference } from '../../prompts/prompt-reference.js';
import { versionReference } from './prompt-fields.js';
import { count, foreignId, isRelativePath, money, name, positiveDuration, relativePath } from './fields.js';

/** `epochs`, `learningRate`. */
export const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/, {
  error: 'Write the name of a hyperparameter in camelCase.',
});

/** A word that a hyperparameter may be, e.g. `adamw`. */
export const parameterWord = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: 'Write a number, or a word of letters, digits and . _ -.',
});

const baseId = foreignId.meta({
  description: "The provider's id of the model that training starts from, or that answers where nothing is trained.",
  examples: ['local/linear-ngram'],
});

/** `model` as written. */
export const modelSection = z.strictObject({
  provider: name.meta({
    description:
      'Who trains: "local" under "assay dev", else a provider of ASSAY_PROVIDERS or a command of ASSAY_COMMANDS.',
    examples: ['local'],
  }),
  base: z
    .union([
      z.strictObject({
        id: baseId,
        card: relativePath.nullish().meta({
          description: 'A BaseModelCard file: what is known of the base model.',
          examples: ['./bases/linear-ngram.yaml'],
        }),
      }),
      z.strictObject({
        import: versionReference.meta({
          description: 'A base model that "assay models import" made, with its card and what was found of it.',
          examples: ['small-model@1'],
        }),
        id: baseId.optional(),
      }),
    ])
    .meta({
      description:
        'The base model: by its id at the provider, or as it was imported (its weights by a folder need the id too).',
      examples: [{ id: 'local/linear-ngram', card: './bases/linear-ngram.yaml' }],
    }),
  prompt: z
    .string()
    .max(300, { error: 'Write a shorter path.' })
    .refine((value) => isPromptReference(value) || isRelativePath(value), {
      error: 'Write a path inside the folder of this file, or a registered prompt as name@3 or name:alias.',
    })
    .nullish()
    .meta({
      description:
        'What the model is told with every input, when evaluated and in service: a file, or a registered prompt as name@3 or name:alias.',
      examples: ['./prompts/triage.md'],
    }),
});

/** `train` as written. */
export const trainSection = z.strictObject({
  hyperparameters: z
    .record(parameterName, z.union([z.number(), parameterWord]))
    .optional()
    .meta({
      description:
        'Numbers and words by name in camelCase, sent to the provider in its own spelling; its defaults where left out.',
      examples: [{ epochs: 5 }],
    }),
  seed: count(0, 2_147_483_647).meta({
    description: 'Where chance begins: the same data and seed give the same model where the provider keeps to it.',
    examples: [7],
  }),
});

/** `approve` as written. */
export const approveSection = z.strictObject({
  policy: relativePath.meta({
    description: 'An ApprovalPolicy file: which roles sign, how many people, and who may waive.',
    examples: ['./policies/two-person.yaml'],
  }),
  expiresAfter: positiveDuration.meta({
    description: 'How long people have to sign; silence until then means no.',
    examples: ['7d'],
  }),
  risk: z.enum(RISKS).optional().describe('What the team says of the risk of a release; a policy may ask for it.'),
});

/** `budget` as written. */
export const budgetSection = z.strictObject({
  limit: money.meta({ description: 'The most that may be spent, in US dollars.', examples: ['200 USD'] }),
  per: z.enum(['month', 'run']).describe('What the limit is meant for; it is held against the quote of each training.'),
});

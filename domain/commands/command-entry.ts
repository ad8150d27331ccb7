import { z } from 'zod';
import { parseSize, SIZE_PATTERN } from '../kernel/units/size.js';
import { count, money, positiveDuration, unit } from '../lifecycle-file/schema/fields.js';
import { parameterName, parameterWord } from '../lifecycle-file/schema/model-sections.js';
import { placeholdersIn, RESERVED_PLACEHOLDERS } from './arguments.js';
import { withSecrets } from '../config/secrets.js';
import { didYouMean } from '../did-you-mean.js';

const size = unit(SIZE_PATTERN, parseSize);

const numberFields = { min: z.number().optional(), max: z.number().optional() };
const isOrdered = ({ min, max }: { min?: number | undefined; max?: number | undefined }) =>
  min === undefined || max === undefined || min <= max;
const ordered = { error: 'min is above max.' };

/** What one parameter may be. Without a default the lifecycle file must give it. */
const parameter = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('integer'), ...numberFields, default: z.int().optional() })
      .refine(isOrdered, ordered),
    z
      .strictObject({ type: z.literal('number'), ...numberFields, default: z.number().optional() })
      .refine(isOrdered, ordered),
    z.strictObject({
      type: z.literal('string'),
      enum: z.array(parameterWord).min(1, { error: 'List the words that are accepted.' }),
      default: parameterWord.optional(),
    }),
  ])
  .superRefine((spec, context) => {
    if (spec.default === undefined) return;
    const problem = misfitOf(spec, spec.default);
    if (problem !== undefined)
      context.addIssue({ code: 'custom', path: ['default'], message: `The default ${problem}.` });
  });
export type CommandParameter =
  | { type: 'integer' | 'number'; min?: number | undefined; max?: number | undefined; default?: number | undefined }
  | { type: 'string'; enum: string[]; default?: string | undefined };

/** Why a value is not one of this parameter, as the rest of a sentence; undefined where it is. */
export function misfitOf(spec: CommandParameter, value: number | string): string | undefined {
  if (spec.type === 'string') {
    if (typeof value === 'string' && spec.enum.includes(value)) return undefined;
    return `must be one of ${spec.enum.join(', ')}`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (spec.type === 'integer' && !Number.isSafeInteger(value)) return 'must be a whole number';
  if (spec.min !== undefined && value < spec.min) return `must be ${spec.min} or more`;
  if (spec.max !== undefined && value > spec.max) return `must be ${spec.max} or less`;
  return undefined;
}

const limits = z.strictObject({
  wallTime: positiveDuration.optional(),
  memory: size.optional(),
  addressSpace: size.optional(),
  output: size.optional(),
  artifacts: size.optional(),
  folder: size.optional(),
  openFiles: count(16, 1_048_576).optional(),
  restarts: count(0, 100).optional(),
  jobs: count(1, 1_000).optional(),
  grace: positiveDuration.optional(),
});

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, { error: 'Write the name of a variable.' })
  .refine((value) => !value.startsWith('ASSAY_'), { error: 'Variables of Assay itself are not handed to commands.' });

const argument = z
  .string()
  .min(1)
  .max(4_096)
  .refine((value) => !value.includes('\0'), { error: 'An argument holds no NUL.' });

/** Files inside `artifacts/`. */
const artifactName = z.string().regex(/^(?!\.)[A-Za-z0-9._-]{1,200}$/, {
  error: 'Write the name of a file in artifacts/, e.g. model.safetensors.',
});

/** One entry of `ASSAY_COMMANDS` as written: a program that trains. */
export const commandEntry = z
  .strictObject({
    argv: z.array(argument).min(1, { error: 'Write the program and its arguments.' }),
    resume: z.array(argument).optional(),
    params: z.record(parameterName, parameter).optional(),
    env: z.array(variableName).optional(),
    weights: artifactName.optional(),
    price: money.optional(),
    limits: limits.optional(),
    user: z.strictObject({ uid: count(1), gid: count(1) }).optional(),
    models: z
      .strictObject({
        baseUrl: z.url({
          protocol: /^https?$/,
          error: 'Write an http(s) URL with the version, e.g. http://127.0.0.1:8000/v1.',
        }),
        apiKey: withSecrets(z.string().min(1, { error: 'Write a key, or leave it out.' })).optional(),
      })
      .optional(),
  })
  .superRefine(({ argv, resume = [], params = {} }, context) => {
    const known = [...RESERVED_PLACEHOLDERS, ...Object.keys(params)];
    for (const [key, list] of Object.entries({ argv, resume })) {
      for (const [index, text] of list.entries()) {
        for (const word of placeholdersIn(text).filter((each) => !known.includes(each))) {
          const message = `{${word}} is none of ${known.map((each) => `{${each}}`).join(', ')}.${didYouMean(word, known)}`;
          context.addIssue({ code: 'custom', path: [key, index], message });
        }
      }
    }
  });
type Written = z.output<typeof commandEntry>;

/** A program that trains, with everything stated. Sizes in bytes, times in milliseconds. */
export interface CommandEntry {
  argv: string[];
  /** Appended to `argv` from the second attempt on. */
  resume: string[];
  params: Record<string, CommandParameter>;
  /** Names of the variables of the worker that the command sees. */
  env: string[];
  weights: string;
  priceMicroUsd: number | null;
  limits: CommandLimits;
  user: { uid: number; gid: number } | null;
  models: { baseUrl: string; apiKey: string } | null;
}

export interface CommandLimits {
  /** All attempts together. */
  wallTimeMilliseconds: number;
  /** Resident memory of all its processes together; null: no limit. */
  memoryBytes: number | null;
  /** RLIMIT_AS of each of its processes; null: no limit. */
  addressSpaceBytes: number | null;
  /** What is kept of what it prints: head and tail. */
  outputBytes: number;
  artifactBytes: number;
  /** All that it writes into its folder, checkpoints among it. */
  folderBytes: number;
  openFiles: number;
  /** How often a job whose process was lost is started again. */
  restarts: number;
  /** So many of its jobs at once, over all workers. */
  jobs: number;
  /** Between SIGTERM and SIGKILL. */
  graceMilliseconds: number;
}

export const resolveEntry = ({ limits = {}, models, ...entry }: Written): CommandEntry => ({
  argv: entry.argv,
  resume: entry.resume ?? [],
  params: entry.params ?? {},
  env: entry.env ?? ['PATH'],
  weights: entry.weights ?? 'model.safetensors',
  priceMicroUsd: entry.price ?? null,
  limits: {
    wallTimeMilliseconds: limits.wallTime ?? 24 * 3_600_000,
    memoryBytes: limits.memory ?? null,
    addressSpaceBytes: limits.addressSpace ?? null,
    outputBytes: limits.output ?? 10e6,
    artifactBytes: limits.artifacts ?? 20e9,
    folderBytes: limits.folder ?? 100e9,
    openFiles: limits.openFiles ?? 4_096,
    restarts: limits.restarts ?? 3,
    jobs: limits.jobs ?? 1,
    graceMilliseconds: limits.grace ?? 10_000,
  },
  user: entry.user ?? null,
  models: models === undefined ? null : { baseUrl: models.baseUrl, apiKey: models.apiKey ?? 'none' },
});

/** What is known of a base model before it is trained. Dates are days, UTC. */
export interface KnownModel {
  /** How base models of this family begin. The longest that fits counts. */
  prefix: string;
  /** How its tokens are counted; `words`: as the local provider does. */
  tokenizer: 'o200k_base' | 'cl100k_base' | 'words';
  /** The most tokens that one training example may have; null: not limited. */
  exampleTokens: number | null;
  fewestExamples: number;
  /** The last day on which a job may be created, where that is announced. */
  lastJobs?: string;
  /** The day on which what was trained ends to be served, where that is announced. */
  retirement?: string;
}

/** When the table was compared with what the providers publish. */
export const KNOWN_MODELS_AS_OF = '2026-11-30';

const OPENAI = { tokenizer: 'o200k_base', fewestExamples: 10, lastJobs: '2027-01-06' } as const;

/**
 * Kept here and nowhere else; to be checked against the provider's pages before it is relied on. Sources: OpenAI's
 * fine-tuning guide (limits of examples) and its deprecations page (dates).
 */
const KNOWN_MODELS: readonly KnownModel[] = [
  { prefix: 'gpt-4.1', ...OPENAI, exampleTokens: 65_536, retirement: '2027-01-14' },
  { prefix: 'gpt-4o', ...OPENAI, exampleTokens: 65_536, retirement: '2027-01-14' },
  { prefix: 'gpt-3.5-turbo', ...OPENAI, tokenizer: 'cl100k_base', exampleTokens: 16_385 },
  { prefix: 'local/linear-ngram', tokenizer: 'words', exampleTokens: null, fewestExamples: 2 },
];

/** What is known of a base model, or undefined. */
export const knownModel = (baseModel: string): KnownModel | undefined =>
  KNOWN_MODELS.filter(({ prefix }) => baseModel.startsWith(prefix)).toSorted(
    (one, other) => other.prefix.length - one.prefix.length,
  )[0];

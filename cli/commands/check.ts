import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { parseMoney, printMoney } from '../../domain/kernel/units/money.js';
import type { InspectedExamples, Preflight, Quote } from '../../domain/ports/trainer.js';
import { knownModel, KNOWN_MODELS_AS_OF } from '../../domain/training/known-models.js';
import { preflight, preflightProblems } from '../../domain/training/preflight.js';
import { quoteTraining } from '../../domain/training/quote.js';
import { action, type Host } from '../action.js';
import { colours } from '../colours.js';
import { columns } from '../columns.js';
import { examples } from './example.js';

interface CheckOptions {
  base: string;
  validation?: string;
  epochs?: number;
  price?: string;
}

export const checkCommand = (host: Host): Command =>
  new Command('check')
    .description('look through a training file and count its tokens, before anything is paid')
    .argument('<file>', 'chat examples, a JSON object a line: {"messages": [{"role": …, "content": …}, …]}')
    .requiredOption('--base <model>', 'the base model that is to be trained, e.g. gpt-4.1-mini')
    .option('--validation <file>', 'a file of examples for validation')
    .option('--epochs <count>', 'how often the examples are trained; 3 where it is left open', wholeNumber)
    .option('--price <money>', 'for a million trained tokens, e.g. "5 USD": gives a quote')
    .addHelpText(
      'after',
      examples(
        'assay check train.jsonl --base gpt-4.1-mini --price "5 USD"',
        'assay check train.jsonl --base my/model --json',
      ),
    )
    .action(
      action<CheckOptions, [string]>(host, async (_context, options, file) => {
        const { base, validation } = options;
        const seen = await preflight({
          baseModel: base,
          training: await readable(file),
          validation: validation === undefined ? undefined : await readable(validation),
        });
        const problems = preflightProblems(seen);
        const quote = quoteOf(seen, options);
        return {
          code: problems.length === 0 ? 'OK' : 'NO',
          data: { base, ...seen, quote, problems },
          lines: [...summaryLines(seen, options, quote), ...problems.map((line) => `${colours.red('✗')} ${line}`)],
        };
      }),
    );

function wholeNumber(text: string): number {
  if (/^[1-9][0-9]{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number, 1 or more.');
}

async function readable(path: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return createReadStream(path);
  throw new LifecycleError('NOT_FOUND', `There is no file ${path}.`, { path });
}

function quoteOf({ training }: Preflight, { base, epochs, price }: CheckOptions): Quote | null {
  if (price === undefined && !base.startsWith('local/')) return null;
  const hyperparameters: Record<string, number> = epochs === undefined ? {} : { epochs };
  const prices = price === undefined ? {} : { [base]: parseMoney(price) };
  return quoteTraining(prices, { baseModel: base, tokens: training.tokens, hyperparameters });
}

function summaryLines(seen: Preflight, { base, validation }: CheckOptions, quote: Quote | null): string[] {
  const known = knownModel(base);
  const dates = [
    ...(known?.lastJobs === undefined ? [] : [`no new jobs after ${known.lastJobs}`]),
    ...(known?.retirement === undefined ? [] : [`what it makes is served until ${known.retirement}`]),
  ];
  return columns([
    ['training', fileInWords(seen.training)],
    ...(seen.validation === null ? [] : [['validation', `${fileInWords(seen.validation)}, ${validation}`]]),
    ['tokens', seen.counting],
    ['limit', limitInWords(seen)],
    [
      'quote',
      quote === null ? 'not known: give the price with --price' : `${printMoney(quote.costMicroUsd)}: ${quote.basis}`,
    ],
    ...(dates.length === 0 ? [] : [['dates', `${dates.join('; ')} (as of ${KNOWN_MODELS_AS_OF})`]]),
  ]);
}

function fileInWords({ examples: count, tokens, longest, duplicates }: InspectedExamples): string {
  const longestWords = longest === null ? '' : `, the longest ${longest.tokens} (line ${longest.line})`;
  const twice = duplicates === 0 ? '' : `, ${duplicates} that stand there twice`;
  return `${count} examples, ${tokens} tokens${longestWords}${twice}`;
}

function limitInWords({ limit, limitIsKnown }: Preflight): string {
  if (!limitIsKnown) return 'not known for this model: whether an example is too long cannot be said';
  return limit === null ? 'none' : `${limit} tokens an example`;
}

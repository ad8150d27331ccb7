import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import { printMoney } from '../domain/kernel/units/money.js';
import type { ArtifactStore } from '../domain/ports/artifact-store.js';
import type { RunRecord } from '../domain/ports/run-store.js';
import type { Preflight, Quote, Trainer } from '../domain/ports/trainer.js';
import { askWith, type PromptText } from '../domain/prompts/prompt.js';
import { preflightProblems } from '../domain/training/preflight.js';
import type { Variance } from '../domain/training/variance.js';
import type { CurateResult } from './curate.js';
import { readRecords, splitNamed } from './datasets.js';

const CHARACTERS_PER_TOKEN = 4;
const LINES_AT_A_TIME = 100;

/** The files that a job is given, as chat examples. They may be read again and again. */
export function trainingFiles(artifacts: ArtifactStore, { plan }: RunRecord, curated: CurateResult) {
  const { prompt } = plan.model;
  const validation = curated.splits.find((split) => split.name === 'validation');
  return {
    training: chatLines(artifacts, splitNamed(curated, 'train').artifact, prompt),
    ...(validation && { validation: chatLines(artifacts, validation.artifact, prompt) }),
  };
}

/**
 * What the job will cost, and what was seen of its files. A trainer that does not look into them has its tokens estimated
 * from the number of characters.
 * @throws LifecycleError INVALID_INPUT with every problem that the provider would find after it was paid
 */
export async function quoteTraining(
  trainer: Trainer,
  run: RunRecord,
  files: ReturnType<typeof trainingFiles>,
): Promise<{ quote: Quote; seen: Preflight | null }> {
  const baseModel = run.plan.model.base.id;
  const seen = (await trainer.inspect?.({ baseModel, ...files })) ?? null;
  const problems = seen === null ? [] : preflightProblems(seen);
  if (problems.length > 0) {
    const message = `Nothing was uploaded: ${baseModel} cannot be trained on these examples.\n${problems.join('\n')}`;
    throw new LifecycleError('INVALID_INPUT', message, { problems });
  }
  const quote = await trainer.quote({
    baseModel,
    tokens: seen?.training.tokens ?? (await estimateTokens(files.training)),
    hyperparameters: run.plan.train?.hyperparameters ?? {},
  });
  return { quote: seen === null ? quote : { ...quote, basis: `${quote.basis}; tokens ${seen.counting}` }, seen };
}

async function estimateTokens(lines: AsyncIterable<Uint8Array>): Promise<number> {
  let characters = 0;
  for await (const line of lines) {
    const { messages } = JSON.parse(Buffer.from(line).toString('utf8')) as { messages: { content: string }[] };
    characters += messages.reduce((sum, { content }) => sum + content.length, 0);
  }
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

/** @throws LifecycleError NOT_ALLOWED for a quote above the plan's budget */
export function requireBudget({ plan }: RunRecord, quote: Quote): void {
  if (plan.budget === null || quote.costMicroUsd <= plan.budget.limitMicroUsd) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `The training is quoted at ${printMoney(quote.costMicroUsd)}, above the budget of ${printMoney(plan.budget.limitMicroUsd)}. Raise budget.limit or train on less.`,
    { costMicroUsd: quote.costMicroUsd, limitMicroUsd: plan.budget.limitMicroUsd },
  );
}

/** @throws LifecycleError NOT_ALLOWED where the provider says that it trained for more than the plan's budget */
export function refuseOverrun({ plan }: RunRecord, jobId: string, variance: Variance | undefined): void {
  const limit = plan.budget?.limitMicroUsd;
  if (limit === undefined || variance === undefined || variance.costMicroUsd <= limit) return;
  const { trainedTokens, quotedTokens, costMicroUsd } = variance;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `The provider says that job ${jobId} trained ${trainedTokens} tokens, where ${quotedTokens} were quoted: ${printMoney(costMicroUsd)}, above the budget of ${printMoney(limit)}. Ask the provider before anything goes on.`,
    { jobId, trainedTokens, quotedTokens, costMicroUsd, limitMicroUsd: limit },
  );
}

const chatLines = (
  artifacts: ArtifactStore,
  artifact: Digest,
  prompt: PromptText | undefined,
): AsyncIterable<Uint8Array> => ({
  async *[Symbol.asyncIterator]() {
    let line = 0;
    for await (const { input, label } of readRecords(artifacts, artifact)) {
      // Whoever counts tokens of each line would else keep heartbeats from going out.
      if (++line % LINES_AT_A_TIME === 0) await setImmediate();
      const messages = [...askWith(prompt, input), { role: 'assistant', content: label }];
      yield Buffer.from(`${JSON.stringify({ messages })}\n`);
    }
  },
});

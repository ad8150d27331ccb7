import type { InspectedExamples, Preflight } from '../ports/trainer.js';
import { inspectExamples } from './inspect-examples.js';
import { knownModel } from './known-models.js';
import { tokenCounterFor } from './token-counter.js';

interface TrainingFiles {
  baseModel: string;
  training: AsyncIterable<Uint8Array>;
  validation?: AsyncIterable<Uint8Array> | undefined;
}

/** A look at what would be uploaded, as the provider will look at it; nothing is sent. */
export async function preflight({ baseModel, training, validation }: TrainingFiles): Promise<Preflight> {
  const known = knownModel(baseModel);
  const counter = await tokenCounterFor(baseModel);
  const exampleTokens = known?.exampleTokens ?? null;
  return {
    counting: counter.basis,
    limit: exampleTokens,
    limitIsKnown: known !== undefined,
    training: await inspectExamples(training, { counter, exampleTokens, fewestExamples: known?.fewestExamples ?? 1 }),
    validation:
      validation === undefined
        ? null
        : await inspectExamples(validation, { counter, exampleTokens, fewestExamples: 0 }),
  };
}

/** Why nothing may be uploaded, a sentence a line; empty where it may. */
export const preflightProblems = ({ training, validation }: Preflight): string[] => [
  ...problemLines('training', training),
  ...(validation === null ? [] : problemLines('validation', validation)),
];

function problemLines(file: string, { problems, problemCount }: InspectedExamples): string[] {
  const lines = problems.map(({ line, problem }) => (line === null ? problem : `${file} line ${line} ${problem}`));
  const rest = problemCount - problems.length;
  return rest === 0 ? lines : [...lines, `and ${rest} more in the ${file} file`];
}

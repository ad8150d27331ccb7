import type { Regression, TaskComparison } from '../../../domain/api/comparison.js';
import { compareSlices } from '../../../domain/comparison/compare-slices.js';
import { worstRegressions, type Regressed } from '../../../domain/comparison/worst-regressions.js';
import type { DataRecord } from '../../../domain/data-record.js';
import { digestBytes } from '../../../domain/evidence/canonical.js';
import { maskText } from '../../../domain/evidence/masking.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import { METRICS } from '../../../domain/metrics/metrics.js';
import type { ScoredItem } from '../../../domain/metrics/scored-item.js';
import type { Evaluation, Split } from './bodies.js';
import { knownOrWhy, storedLines, type ReadableArtifacts } from './stored-lines.js';

/** Of a text, and of an answer, so much is shown. */
const LONGEST_TEXT = 400;
const LONGEST_ANSWER = 300;

export interface EvaluatedTask {
  evidence: Digest;
  body: Evaluation;
  description: string;
  /** The split that was asked; undefined where it is not on file. */
  split: Split | undefined;
}

/** What one task says of candidate and champion: metrics as they were measured, slices, and what got worse. */
export async function compareTask(artifacts: ReadableArtifacts, task: EvaluatedTask): Promise<TaskComparison> {
  const { body, evidence, description } = task;
  const answers = await knownOrWhy(() => answersOf(artifacts, body));
  if (answers.status === 'unknown')
    return { id: body.task.id, description, evidence, metrics: metricsOf(body), slices: answers, regressions: answers };
  const { candidate, champion } = answers;
  return {
    id: body.task.id,
    description,
    evidence,
    metrics: metricsOf(body),
    slices: await knownOrWhy(async () => compareSlices(candidate, champion)),
    regressions: await knownOrWhy(async () => {
      const { worst, ...counts } = worstRegressions(candidate, champion);
      return { ...counts, worst: await withTexts(artifacts, task.split, worst) };
    }),
  };
}

async function answersOf(artifacts: ReadableArtifacts, { artifacts: kept }: Evaluation) {
  if (kept.champion === undefined)
    throw new LifecycleError(
      'NOT_FOUND',
      'No version served when this was evaluated: there is nothing to compare with.',
    );
  const read = async (digest: Digest): Promise<ScoredItem[]> =>
    (await storedLines(artifacts, digest)).map((line) => JSON.parse(line) as ScoredItem);
  return { candidate: await read(kept.candidate), champion: await read(kept.champion) };
}

const metricsOf = ({ scores }: Evaluation): TaskComparison['metrics'] =>
  scores.map(({ metric, candidate, champion, difference }) => ({
    metric,
    higherIsBetter: isHigherBetter(metric),
    candidate: valueOf(candidate),
    champion: champion && valueOf(champion),
    difference: difference && { value: difference.difference, interval: difference.interval, n: difference.n },
  }));

const isHigherBetter = (metric: string): boolean =>
  Object.values(METRICS).find(({ id }) => id === metric)?.higherIsBetter ?? true;

type Measured = Evaluation['scores'][number]['candidate'];

const valueOf = (measured: Measured): TaskComparison['metrics'][number]['candidate'] =>
  measured.status === 'ok'
    ? { value: measured.value, interval: measured.interval ?? null, n: measured.n, reason: null }
    : { value: null, interval: null, n: null, reason: measured.reason };

/** The items' texts, masked and cut; null where the data cannot be read. */
async function withTexts(artifacts: ReadableArtifacts, split: Split | undefined, worst: Regressed[]) {
  const wanted = new Set(worst.map(({ id }) => id));
  const texts = new Map<string, string>();
  if (split !== undefined && wanted.size > 0) {
    const read = await knownOrWhy(async () => ({ lines: await storedLines(artifacts, split.artifact) }));
    for (const line of read.status === 'known' ? read.lines : []) {
      // A line is the canonical JSON of its record: its digest is the item's id.
      const id = digestBytes(line);
      if (wanted.has(id)) texts.set(id, cut(maskText((JSON.parse(line) as DataRecord).input), LONGEST_TEXT));
    }
  }
  return worst.map(({ id, expected, candidate, champion }): Regression => ({
    item: id as Digest,
    expected,
    candidate: cut(candidate, LONGEST_ANSWER),
    champion: cut(champion, LONGEST_ANSWER),
    text: texts.get(id) ?? null,
  }));
}

const cut = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest)}…`);

import { shortDigest } from '../../domain/kernel/digest.js';
import type { StageView } from '../../domain/api/run.js';
import type { Stage } from '../../domain/kernel/states.js';
import { columns } from '../columns.js';
import { gateCells, withInterval } from '../gate-lines.js';
import { plainText } from '../plain-text.js';
import {
  approveSummary,
  collectSummary,
  curateSummary,
  cutShort,
  deploySummary,
  evaluateSummary,
  fineTuneSummary,
  monitorSummary,
  type MeasuredValue,
  type Score,
} from './summaries.js';

/** What an ended stage left, as the lines that the demo prints; none for a stage without a summary. */
export function stageLines({ stage, status, summary }: Pick<StageView, 'stage' | 'status' | 'summary'>): string[] {
  if (summary === null) return [];
  const cut = cutShort.safeParse(summary).data;
  if (cut !== undefined) return [`${status}: ${plainText(cut.error ?? cut.reason ?? '')}`];
  return LINES[stage](summary);
}

/** The same without what a second run only repeats. */
export function briefStageLines(ended: Pick<StageView, 'stage' | 'status' | 'summary'>): string[] {
  if (ended.status !== 'succeeded') return stageLines(ended);
  if (ended.stage === 'collect' || ended.stage === 'monitor') return [];
  return ended.stage === 'curate' ? splitLines(ended.summary) : stageLines(ended);
}

const LINES: Record<Stage, (summary: unknown) => string[]> = {
  collect: (summary) =>
    collectSummary
      .parse(summary)
      .sources.flatMap(({ id, counts, rawDigest, claims }) => [
        `${id}: ${counts.records} records read, ${sum(counts.broken)} broken${listed(counts.broken)}, sealed as ${shortDigest(rawDigest)}`,
        ...claims.flatMap(({ statement, verdict, medians }) => [
          `  claim: ${statement}`,
          `  its records say: ${verdict} (median times ${medianTimes(medians)})`,
        ]),
      ]),
  curate: (summary) => [
    ...splitLines(summary),
    ...columns(
      curateSummary
        .parse(summary)
        .answers.map(({ question, verdict, basis, reason }) => [question, verdict, basis, reason]),
    ),
  ],
  'fine-tune': (summary) => {
    const { model, weights, losses, jobId } = fineTuneSummary.parse(summary);
    return [...lossLines(losses), `job ${jobId} made ${model}, weights ${shortDigest(weights)}`];
  },
  evaluate: (summary) => {
    const { tasks, gates } = evaluateSummary.parse(summary);
    const scores = tasks.flatMap(({ task, items, scores }) => scores.map((score) => scoreCells(task, items, score)));
    return [...columns(scores), ...columns(gates.map((gate) => ['gate', ...gateCells(gate)]))];
  },
  approve: (summary) => {
    const { outcome, subjectDigest, decisions, waivers } = approveSummary.parse(summary);
    return [
      ...decisions.map(({ principal, role, verdict }) => `${principal} signed as ${role}: ${verdict}`),
      ...waivers.map(({ question, principal, until }) => `${principal} waived ${question} until ${until.slice(0, 10)}`),
      `${outcome}: every signature binds ${shortDigest(subjectDigest)}`,
    ];
  },
  deploy: (summary) => {
    const { alias, versionId, revision, steps } = deploySummary.parse(summary);
    const shares = [...new Set(steps.map(({ traffic }) => `${traffic} %`))].join(' → ');
    return [`${alias} → ${versionId}, traffic ${shares} (revision ${revision} of the alias)`];
  },
  monitor: (summary) => [`watched by the schedule ${monitorSummary.parse(summary).monitor}`],
};

function splitLines(summary: unknown): string[] {
  const { datasets, unused } = curateSummary.parse(summary);
  const splits = Object.entries(datasets).map(([name, { id, records, labels }]) => [
    name,
    String(records),
    Object.entries(labels)
      .map(([label, count]) => `${count} ${label}`)
      .join(', '),
    `dataset ${shortDigest(id)}`,
  ]);
  return [...columns(splits), `not used: ${sum(unused)}${listed(unused)}`];
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** ` (3 mail.no-date, 1 mail.empty-body)` */
function listed(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

const medianTimes = (medians: Record<string, string | null>): string =>
  Object.entries(medians)
    .map(([group, at]) => `${group} ${at?.slice(0, 10) ?? 'unknown'}`)
    .join(', ');

/** The curve in a few lines: the mean loss of each epoch's steps, and the validation loss at its end. */
function lossLines(losses: readonly Record<string, number>[]): string[] {
  const epochs = [...new Set(losses.map((event) => event['epoch'] ?? 0))];
  return columns(
    epochs.map((epoch) => {
      const events = losses.filter((event) => (event['epoch'] ?? 0) === epoch);
      const validation = events.at(-1)?.['validationLoss'];
      return [
        `epoch ${epoch}`,
        `loss ${mean(events.flatMap(({ loss }) => loss ?? [])).toFixed(4)}`,
        validation === undefined ? '' : `validation ${validation.toFixed(4)}`,
      ];
    }),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function scoreCells(task: string, items: number, { metric, candidate, champion, difference }: Score): string[] {
  return [
    task,
    metric,
    `n ${items}`,
    measuredWords(candidate),
    champion === null ? '' : `champion ${measuredWords(champion)}`,
    difference === null ? '' : `difference ${withInterval(difference.difference, difference.interval)}`,
  ];
}

/** `0.981 [0.969, 0.990]`, or why nothing was measured. */
export const measuredWords = (measured: MeasuredValue): string =>
  measured.status === 'ok' ? withInterval(measured.value, measured.interval) : `${measured.status}: ${measured.reason}`;

import type { ModelCard } from '../api/model-card.js';
import { measuredInWords } from '../checklist/answer-performance.js';
import { answerTable, gapLines } from './answers.js';
import { countsInWords, inline, listed, section, table } from './markdown.js';

const GAP = 'not on record';
const UNDISCLOSED = 'unknown: not disclosed';

/** A model card as Markdown, in lines. Gaps stand first and again where their part would be. */
export function printModelCard(card: ModelCard): string[] {
  const { model } = card;
  return [
    `# Model card: ${inline(model.id)}`,
    '',
    inline(model.purpose),
    ...section('What is not known', gapLines(card.gaps)),
    ...section('The model', modelLines(card)),
    ...section('Base model', listed(baseFacts(card), UNDISCLOSED)),
    ...section('Training', trainingLines(card)),
    ...section('Data', splitTable(card.data.splits)),
    ...section('Evaluation', evaluationTable(card)),
    ...section('Gates', gateTable(card)),
    ...section('Approval', approvalLines(card)),
    ...section('Deployment', deploymentLines(card)),
    ...section('Checklist', answerTable(card.checklist)),
  ];
}

const modelLines = ({ model, disclosure }: ModelCard): string[] =>
  listed(
    [
      ['Made by', `${model.runId}, requested by ${model.requestedBy}`],
      ['Owners', model.owners.join(', ') || null],
      ['Lifecycle file', model.planDigest],
      ['Served as', `${model.providerModel} by ${model.provider} (the provider's word)`],
      ['Weights', model.weights],
      ...promptFacts(model.prompt),
      ['Users are to be told', `"${disclosure.notice}", by ${disclosure.application}`],
    ],
    GAP,
  );

const promptFacts = (prompt: ModelCard['model']['prompt']): [string, string][] =>
  prompt === null ? [] : [['Told with every input', `${prompt.from} (${prompt.digest})`]];

const baseFacts = ({ baseModel }: ModelCard): [string, string | null][] => [
  ['Id', baseModel.id],
  ['What it is', baseModel.description],
  ['Training data', baseModel.trainingData],
  ['Licence', baseModel.licence],
  ['Limitations', baseModel.limitations.join(' ') || null],
  ['Guarantees', baseModel.guarantees],
  ['Retirement', baseModel.retirement],
];

function trainingLines({ training, untrained }: ModelCard): string[] {
  if (untrained !== null)
    return listed(
      [
        ['Trained', 'nothing: the base model as it is'],
        ['Evidence', untrained.evidence],
      ],
      GAP,
    );
  if (training === null) return [`**${GAP}**`];
  const { firstLoss, lastLoss, steps, trainedTokens, fineTuneMilliseconds, seed } = training;
  const loss =
    firstLoss === null || lastLoss === null
      ? null
      : `${firstLoss.toFixed(4)} to ${lastLoss.toFixed(4)} in ${steps} reports`;
  return listed(
    [
      ['Trained on', training.dataset],
      ['Hyperparameters', countsInWords(training.hyperparameters) || 'those of the provider'],
      ['Seed', seed === null ? null : String(seed)],
      ['Loss', loss],
      ['Trained tokens', trainedTokens === null ? null : `${trainedTokens} (the provider's word)`],
      ['Duration', fineTuneMilliseconds === null ? null : `${(fineTuneMilliseconds / 1000).toFixed(1)} s`],
      ['Energy', null],
      ['Evidence', training.evidence],
    ],
    GAP,
  );
}

/** Splits with their ids; also a part of the datasheet. */
export const splitTable = (splits: ModelCard['data']['splits']): string[] =>
  table(
    ['split', 'records', 'labels', 'id'],
    splits.map(({ name, records, labels, datasetId }) => [name, String(records), countsInWords(labels), datasetId]),
    `**${GAP}**`,
  );

const evaluationTable = ({ evaluations }: ModelCard): string[] =>
  table(
    ['task', 'metric', 'measured', 'on', 'evidence'],
    evaluations.map(({ task, taskVersion, metric, measured, dataset, evidence }) => [
      `${task} v${taskVersion}`,
      metric,
      `${measuredInWords(measured)}${measured.status === 'ok' && measured.confidence !== undefined ? ` at ${measured.confidence * 100} %` : ''}`,
      dataset,
      evidence,
    ]),
    `**${GAP}**`,
  );

const gateTable = ({ gates }: ModelCard): string[] =>
  table(
    ['task', 'metric', 'gate', 'verdict', 'why'],
    gates.map(({ task, metric, kind, verdict, reason }) => [task, metric, kind, verdict, reason]),
    `**${GAP}**`,
  );

function approvalLines({ approval }: ModelCard): string[] {
  if (approval === null) return [`**${GAP}**`];
  return [
    ...listed(
      [
        ['Request', `${approval.id}, ${approval.state}, policy ${approval.policy}`],
        ['Signed digest', approval.subjectDigest],
      ],
      GAP,
    ),
    '',
    ...table(
      ['who', 'role', 'decision', 'when'],
      approval.decisions.map(({ principal, role, verdict, at }) => [principal, role, verdict, at]),
      'Nobody has signed.',
    ),
  ];
}

function deploymentLines({ deployment, monitoring }: ModelCard): string[] {
  const { windows, drifted, last, quality } = monitoring;
  const seen =
    windows === 0 ? null : `${windows} looks at its traffic, drift in ${drifted}, the last on ${last ?? 'no day'}`;
  return [
    ...table(
      ['alias', 'from', 'until', 'share', 'approval'],
      deployment.map(({ alias, from, until, weight, isChampion, requestId }) => [
        alias,
        from,
        until ?? 'now',
        `${weight} %${isChampion ? ', champion' : ''}`,
        requestId,
      ]),
      'The gateway has never served it.',
    ),
    '',
    ...listed(
      [
        ['Monitored', seen],
        ['Quality on labels', quality === null ? null : measuredInWords(quality)],
      ],
      GAP,
    ),
  ];
}

import type { ChecklistFacts } from '../../domain/checklist/facts.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { BaseModelCard } from '../../domain/lifecycle-file/plan.js';
import { DATA_QUESTIONS } from '../../domain/kernel/states.js';
import { toyPlan } from './toy-plan.js';

export const baseCard: BaseModelCard = {
  id: 'local/linear-ngram',
  description: 'a linear classifier',
  trainingData: 'none',
  licence: 'Apache-2.0',
  limitations: ['It answers every text.'],
  guarantees: 'the same seed gives the same weights',
  retirement: 'none planned',
};

const plan = toyPlan();
const [toys] = plan.data.sources;
if (toys === undefined) throw new Error('the toy plan has a source');
const train = digestOf('train split');

/** What is known of a version that has left nothing on file. */
export const NO_EVIDENCE: ChecklistFacts['evidence'] = {
  sourceCards: [],
  dataset: null,
  dataAnswers: null,
  training: null,
  baseModel: null,
  imported: null,
  evaluations: [],
  gates: null,
};

/** A version with everything on file, served by an alias, of one source that people wrote. */
export const completeFacts = (): ChecklistFacts => ({
  now: '2026-03-01T00:00:00.000Z',
  version: {
    id: 'toy-triage@1',
    project: 'default',
    name: 'toy-triage',
    number: 1,
    runId: 'run-1',
    trained: {
      provider: 'local',
      model: 'ft:toy',
      jobId: 'job-1',
      weights: { digest: digestOf('weights'), bytes: 3 },
    },
    baseModel: 'local/linear-ngram',
    evidence: digestOf('training'),
  },
  plan: {
    ...plan,
    data: { ...plan.data, sources: [{ ...toys, origin: 'human' }] },
    model: { provider: 'local', base: { id: 'local/linear-ngram', card: baseCard } },
  },
  planDigest: digestOf('plan'),
  requestedBy: 'ada',
  evidence: evidenceOnFile(),
  recreation: null,
  fineTuneMilliseconds: 1_500,
  approval: {
    id: 'run-1',
    state: 'approved',
    subjectDigest: digestOf('subject'),
    policy: 'two-person',
    decisions: [{ principal: 'ruth', role: 'risk', verdict: 'approve', at: '2026-02-01T00:00:00.000Z' }],
  },
  waivers: [{ question: 'QD3', by: 'leo', why: 'a toy', purpose: 'demonstration', until: '2026-04-01T00:00:00.000Z' }],
  periods: [
    {
      alias: 'toy-triage',
      from: '2026-02-01T00:00:00.000Z',
      until: null,
      weight: 100,
      isChampion: true,
      requestId: 'run-1',
      revision: 2,
    },
  ],
  refusals: [],
  windows: [
    {
      evidence: digestOf('window'),
      alias: 'toy-triage',
      at: '2026-02-02T00:00:00.000Z',
      items: 100,
      labelled: 0,
      verdict: 'no-drift',
    },
  ],
  quality: null,
});

const evidenceOnFile = (): ChecklistFacts['evidence'] => ({
  sourceCards: [
    {
      id: digestOf('card'),
      body: {
        id: 'toys',
        uri: 'file:toys',
        format: 'jsonl',
        origin: {},
        description: 'Made-up | mails',
        licences: ['MIT'],
        declared: { origin: 'human', basis: 'own', licence: null, evidence: null },
        claims: [],
        counts: { records: 120, bytes: 9_000, broken: {}, folders: { ham: 60, spam: 60 } },
        period: { first: null, last: null },
        rawDigest: digestOf('raw'),
      },
    },
  ],
  dataset: {
    id: digestOf('dataset'),
    body: {
      splits: [{ name: 'train', datasetId: train, records: 80, labels: { ham: 40, spam: 40 } }],
      steps: [{ step: 'dedupe', exact: true }],
      counts: { read: 120, used: 116, unused: { 'duplicate.exact': 4 } },
    },
  },
  dataAnswers: {
    id: digestOf('answers'),
    body: DATA_QUESTIONS.map((question) =>
      question === 'QD3'
        ? { question, verdict: 'unknown', basis: 'claimed', reason: 'Nobody asked the authors.' }
        : { question, verdict: 'warn', basis: 'observed', reason: 'Little was looked for.' },
    ),
  },
  training: {
    id: digestOf('training'),
    body: {
      baseModel: 'local/linear-ngram',
      provider: 'local',
      train: { hyperparameters: { epochs: 5 }, seed: 7 },
      dataset: train,
      trainedTokens: 1_234,
      files: { 'weights.bin': digestOf('weights') },
      losses: [
        { step: 1, loss: 0.7 },
        { step: 2, loss: 0.1 },
      ],
    },
  },
  baseModel: null,
  imported: null,
  evaluations: [
    {
      id: digestOf('evaluation'),
      body: {
        task: { id: 'triage', version: 1, scorer: 'exact-match' },
        dataset: digestOf('test split'),
        scores: [
          {
            metric: 'f1-macro',
            candidate: { status: 'ok', value: 0.98, n: 36, interval: [0.95, 1], confidence: 0.95 },
          },
        ],
      },
    },
  ],
  gates: {
    id: digestOf('gates'),
    body: [
      {
        gate: { task: 'triage', metric: 'f1-macro', kind: 'at-least', confidence: 0.95 },
        verdict: 'pass',
        statistic: 0.98,
        interval: [0.95, 1],
        limit: 0.9,
        n: 36,
        reason: 'above the limit',
      },
    ],
  },
});

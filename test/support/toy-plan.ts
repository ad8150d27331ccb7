import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { openRequest } from './approval-files.js';
import { toyMail } from './toy-mails.js';

/** Writes made-up mails of two kinds, a folder of JSONL files each, into `<folder>/toys`. */
export async function writeToyMails(folder: string, count: number): Promise<void> {
  for (const label of ['ham', 'spam'] as const) {
    const lines = Array.from({ length: count }, (_, number) => toyMail(number, 120))
      .filter((mail) => mail.label === label)
      .map(({ text }, index) => JSON.stringify({ input: text, at: new Date(index * 60_000).toISOString() }));
    await mkdir(join(folder, 'toys', label), { recursive: true });
    await writeFile(join(folder, 'toys', label, 'mails.jsonl'), `${lines.join('\n')}\n`);
  }
}

/** A lifecycle over those mails: small, quick, and of every stage. */
export const toyPlan = (over: Partial<LifecyclePlan> = {}): LifecyclePlan => ({
  apiVersion: 'assay/v1',
  name: 'toy-triage',
  purpose: 'Tell made-up spam from made-up ham.',
  owners: ['tests'],
  data: {
    sources: [
      {
        id: 'toys',
        uri: 'file:toys',
        format: 'jsonl',
        origin: 'synthetic',
        rights: { basis: 'own', licence: null, evidence: null },
        period: { from: null, until: null },
        labels: {
          by: 'path',
          rules: [
            { prefix: 'ham', label: 'ham' },
            { prefix: 'spam', label: 'spam' },
          ],
        },
        claims: [],
      },
    ],
    curate: [
      { step: 'dedupe', exact: true },
      {
        step: 'split',
        source: 'toys',
        by: 'group',
        stratify: 'label',
        train: 0.6,
        validation: 0.1,
        test: 0.3,
        seed: 1,
      },
    ],
  },
  model: { provider: 'local', base: { id: 'local/linear-ngram', card: null } },
  train: { hyperparameters: { epochs: 20 }, seed: 7 },
  evaluate: {
    tasks: [
      {
        id: 'triage',
        version: 1,
        description: 'ham or spam',
        dataset: { source: 'toys', split: 'test' },
        instruction: null,
        scorer: 'exact-match',
        metrics: ['f1-macro'],
      },
    ],
    gates: [{ task: 'triage', metric: 'f1-macro', kind: 'at-least', limit: 0.9, confidence: 0.95 }],
  },
  approve: { policy: openRequest.terms.policy, expiresAfterMilliseconds: 3_600_000 },
  deploy: {
    target: 'gateway',
    alias: 'toy-triage',
    rollout: [
      { traffic: 50, bakeMilliseconds: 200 },
      { traffic: 100, bakeMilliseconds: 0 },
    ],
    disclosure: { application: 'tests', notice: 'An AI model', acknowledge: 'required' },
  },
  monitor: { everyMilliseconds: 3_600_000, minimumItems: 50, drift: { on: ['input-text'], confidence: 0.95 } },
  budget: null,
  retrain: { schedule: null, onDrift: null },
  ...over,
});

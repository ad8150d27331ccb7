import { describe, expect, it } from 'vitest';
import { whyNotServe } from '../../domain/approvals/may-serve.js';
import { bindWeights } from '../../domain/approvals/bound-model.js';
import { digestBytes, digestOf } from '../../domain/evidence/canonical.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import type { ModelVersion } from '../../domain/ports/registry-store.js';
import { approvedFile, INSTANCE, keys, openRequest, signedDecision, signedWaiver } from '../support/approval-files.js';

const ALIAS = 'email-triage';

const version = (over: Partial<ModelVersion['trained']> = {}): ModelVersion => ({
  id: 'email-triage@1',
  project: 'default',
  name: 'email-triage',
  number: 1,
  runId: 'run-1',
  baseModel: 'local/linear-ngram',
  evidence: digestOf('training'),
  trained: {
    provider: 'local',
    model: 'ft:linear-ngram:email-triage:1',
    jobId: 'job-1',
    weights: { digest: digestOf('weights'), bytes: 7 },
    ...over,
  },
});

const released = (change: (file: RequestFile) => void = () => undefined): RequestFile => {
  const file = approvedFile();
  file.request.state = 'approved';
  change(file);
  return file;
};

const ask = (file: RequestFile | undefined, asked: ModelVersion = version(), alias = ALIAS) =>
  whyNotServe({ version: asked, alias, released: file, now: '2026-06-01T00:00:00.000Z' }, INSTANCE, keys.publicKey);

describe('serving a version', () => {
  it('is allowed for exactly what two people signed', () => {
    expect(ask(released())).toBeNull();
  });

  it.each<[what: string, asked: ModelVersion]>([
    ['other weights', version({ weights: { digest: digestOf('other'), bytes: 7 } })],
    ['weights that are no longer kept', version({ weights: null })],
    ["another of the provider's models", version({ model: 'ft:linear-ngram:email-triage:2' })],
    ['another provider', version({ provider: 'elsewhere' })],
    ['another base model', { ...version(), baseModel: 'local/other' }],
  ])('is refused for %s', (_, asked) => {
    expect(ask(released(), asked)).toBe('the model is not the one that was approved');
  });

  it('is refused for a prompt that nobody signed for, and for one byte of it that was changed', () => {
    const text = 'Answer "spam" or "ham".';
    const prompted = version({ prompt: { from: 'sort@1', digest: digestBytes(text), text } });
    expect(ask(released(), prompted)).toBe('the model is not the one that was approved');
    const signed = (asked: ModelVersion) => {
      const subject = { ...openRequest.subject, weights: bindWeights(asked.trained) };
      const subjectDigest = digestOf({ subject, terms: openRequest.terms });
      return released((file) => {
        Object.assign(file.request, { subject, subjectDigest });
        file.decisions = [
          signedDecision('ruth', 'risk', { subjectDigest }),
          signedDecision('leo', 'legal', { subjectDigest }),
        ];
        file.waivers = [signedWaiver('leo', { subjectDigest })];
      });
    };
    expect(ask(signed(prompted), prompted)).toBeNull();
    const altered = version({ prompt: { from: 'sort@1', digest: digestBytes(text), text: text.replace('or', 'and') } });
    expect(ask(signed(prompted), altered)).toBe('the model is not the one that was approved');
    expect(ask(signed(prompted), version())).toBe('the model is not the one that was approved');
  });

  it('is refused under another alias, in another project and for another run', () => {
    expect(ask(released(), version(), 'invoices')).toMatch(/approved for the alias email-triage/);
    expect(ask(released(), { ...version(), runId: 'run-2' })).toMatch(/about another run/);
    const elsewhere = released(({ request }) => void (request.project = 'other'));
    expect(ask(elsewhere, { ...version(), project: 'other' })).toMatch(/approved for the project default/);
  });

  it('is refused for a request that asks nobody, however consistent it is', () => {
    const forged = released((file) => {
      file.request.terms.policy.stages = [];
      file.request.terms.answers = [];
      file.request.subjectDigest = digestOf({ subject: file.request.subject, terms: file.request.terms });
      file.decisions = [];
      file.waivers = [];
    });
    expect(ask(forged)).toBe('its decisions add up to pending');
  });

  it('attack 5: is refused where decisions of another run were copied over', () => {
    const replayed = released((file) => {
      file.decisions = [signedDecision('ruth', 'risk', { requestId: 'run-9' }), signedDecision('leo', 'legal')];
    });
    expect(ask(replayed)).toMatch(/not this decision on this request/);
  });

  it('is refused while the request is anything but approved', () => {
    expect(ask(released(({ request }) => void (request.state = 'rejected')))).toMatch(/is rejected/);
    expect(ask(undefined)).toMatch(/no approved request/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerChecklist } from '../../../domain/checklist/checklist.js';
import { settle, type Finding, type Waiver } from '../../../domain/checklist/checklist-answer.js';
import type { ChecklistFacts } from '../../../domain/checklist/facts.js';
import type { ImportBody } from '../../../domain/checklist/evidence-bodies.js';
import { QUESTIONS, type Question } from '../../../domain/checklist/questions.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { ANSWER_BASES } from '../../../domain/kernel/states.js';
import { baseCard, completeFacts, NO_EVIDENCE } from '../../support/checklist-facts.js';

const moment = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const finding: fc.Arbitrary<Finding> = fc.record({
  question: fc.constantFrom(...QUESTIONS),
  verdict: fc.constantFrom('pass', 'warn', 'fail', 'unknown'),
  basis: fc.constantFrom(...ANSWER_BASES),
  reason: fc.string(),
  evidence: fc.constant([]),
});

const waivers: fc.Arbitrary<Waiver[]> = fc.array(
  fc.record({
    question: fc.constantFrom(...QUESTIONS),
    by: fc.constant('leo'),
    why: fc.string(),
    purpose: fc.constant('demonstration'),
    until: moment,
  }),
  { maxLength: 4 },
);

/** Facts with any of their parts missing. */
const someFacts: fc.Arbitrary<ChecklistFacts> = fc
  .record({
    lacks: fc.subarray(['sourceCards', 'dataset', 'dataAnswers', 'training', 'evaluations', 'gates'] as const),
    hasCard: fc.boolean(),
    isHosted: fc.boolean(),
    isServed: fc.boolean(),
    isRefused: fc.boolean(),
    waivers,
    now: moment,
  })
  .map(({ lacks, hasCard, isHosted, isServed, isRefused, ...over }) => {
    const facts = completeFacts();
    const missing = Object.fromEntries(lacks.map((kind) => [kind, NO_EVIDENCE[kind]]));
    const { trained } = facts.version;
    return {
      ...facts,
      ...over,
      evidence: { ...facts.evidence, ...missing },
      version: { ...facts.version, trained: { ...trained, weights: isHosted ? null : trained.weights } },
      plan: { ...facts.plan, model: { provider: 'local', base: { id: baseCard.id, card: hasCard ? baseCard : null } } },
      periods: isServed ? facts.periods : [],
      refusals: isRefused ? [{ alias: 'toy-triage', reason: 'its signatures do not verify' }] : [],
    };
  });

const answerOf = (facts: ChecklistFacts, question: Question) =>
  answerChecklist(facts).find((answer) => answer.question === question);

describe('an answer of the checklist', () => {
  it('passes only on what was observed, whatever the finding says', () => {
    fc.assert(
      fc.property(finding, waivers, moment, (found, given, now) => {
        const { verdict, basis } = settle(found, given, now);
        if (verdict === 'pass') expect(basis).toBe('observed');
        if (basis === 'none') expect(['unknown', 'fail', 'waived']).toContain(verdict);
      }),
    );
  });

  it('is waived only while a waiver of its own question lasts, and only where it blocks', () => {
    fc.assert(
      fc.property(finding, waivers, moment, (found, given, now) => {
        const bare = settle(found, [], now);
        const answer = settle(found, given, now);
        const lasts = given.some(({ question, until }) => question === found.question && until > now);
        const blocks = bare.verdict === 'fail' || bare.verdict === 'unknown';
        expect(answer.verdict).toBe(blocks && lasts ? 'waived' : bare.verdict);
        if (answer.waiver !== null) expect(answer.waiver).toMatchObject({ by: 'leo', of: bare.verdict });
        else expect(answer.verdict).not.toBe('waived');
      }),
    );
  });

  it('is blocked again at the moment its waiver ends', () => {
    const facts = completeFacts();
    expect(answerOf(facts, 'QD3')).toMatchObject({ verdict: 'waived', waiver: { by: 'leo', of: 'unknown' } });
    expect(answerOf({ ...facts, now: '2026-04-01T00:00:00.000Z' }, 'QD3')).toMatchObject({
      verdict: 'unknown',
      waiver: null,
    });
  });
});

describe('the checklist', () => {
  it('answers every question once, in order, in one sentence, whatever is missing', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const answers = answerChecklist(facts);
        expect(answers.map(({ question }) => question)).toEqual(QUESTIONS);
        for (const { verdict, basis, reason } of answers) {
          expect(reason).toMatch(/^[^\n]+\.$/);
          if (verdict === 'pass') expect(basis).toBe('observed');
          if (basis === 'none') expect(['unknown', 'fail', 'waived']).toContain(verdict);
        }
        expect(answerChecklist(facts)).toEqual(answers);
      }),
    );
  });

  it('knows nothing of what has left no evidence', () => {
    const facts = completeFacts();
    const answers = answerChecklist({ ...facts, evidence: NO_EVIDENCE, waivers: [], fineTuneMilliseconds: null });
    const known = answers.filter(({ verdict }) => verdict !== 'unknown').map(({ question }) => question);
    // Limitations and foundations as claimed in the lifecycle file, and where it is served.
    expect(known).toEqual(['QM1', 'QM6', 'QU1']);
    expect(answers.filter(({ verdict }) => verdict === 'pass').map(({ question }) => question)).toEqual(['QU1']);
  });

  it('takes what the base model card does not disclose for unknown', () => {
    const facts = completeFacts();
    const card = { ...baseCard, trainingData: 'Unknown: the vendor does not say.', limitations: [] };
    const base = { id: baseCard.id, card };
    const silent = { ...facts, plan: { ...facts.plan, model: { provider: 'local', base } } };
    expect(answerOf(silent, 'QM1')).toMatchObject({ verdict: 'unknown', basis: 'none' });
    const { reason } = answerOf(silent, 'QM8') ?? {};
    expect(reason).toContain('not disclosed: training data, limitations and known risks');
    expect(answerOf(facts, 'QM8')).toMatchObject({ verdict: 'unknown', basis: 'claimed' });
  });

  it('never takes tokens and seconds for energy', () => {
    const answer = answerOf(completeFacts(), 'QM7');
    expect(answer).toMatchObject({ verdict: 'unknown', basis: 'none' });
    expect(answer?.reason).toContain('1234 tokens trained, 1.5 s of fine-tuning; energy was not measured');
  });

  it.each([
    ['A', 'pass'],
    ['B', 'pass'],
    ['C', 'fail'],
  ] as const)('calls a model that was made again with grade %s: %s', (grade, verdict) => {
    const body = { version: 'toy-triage@1', run: 'run-9', grade, reasons: ['Said so.'] };
    const recreation = { id: digestOf('recreation'), body };
    const answer = answerOf({ ...completeFacts(), recreation }, 'QM4');
    expect(answer).toMatchObject({
      verdict,
      basis: 'observed',
      reason: `Made again by run-9, grade ${grade}: Said so.`,
    });
    expect(answer?.evidence).toContain(recreation.id);
  });

  it("calls a training on other data than the dataset's a contradiction", () => {
    const facts = completeFacts();
    const { training } = facts.evidence;
    if (training === null) throw new Error('the example has a training');
    const other = { ...training, body: { ...training.body, dataset: digestOf('elsewhere') } };
    expect(answerOf({ ...facts, evidence: { ...facts.evidence, training: other } }, 'QM4')).toMatchObject({
      verdict: 'fail',
      basis: 'contradicted',
    });
    expect(answerOf(facts, 'QM4')).toMatchObject({ verdict: 'warn', basis: 'observed' });
  });

  it("calls weights that are only the provider's word a claim", () => {
    const facts = completeFacts();
    const version = { ...facts.version, trained: { ...facts.version.trained, weights: null } };
    expect(answerOf({ ...facts, version }, 'QM4')).toMatchObject({ verdict: 'warn', basis: 'claimed' });
  });

  it('passes the benchmarks only where all was measured, a gate passed, and no drift was seen last', () => {
    const facts = completeFacts();
    expect(answerOf(facts, 'QM3')).toMatchObject({ verdict: 'pass', basis: 'observed' });
    const drifted = facts.windows.map((window) => ({ ...window, verdict: 'drift' as const }));
    expect(answerOf({ ...facts, windows: drifted }, 'QM3')?.verdict).toBe('warn');
    expect(answerOf({ ...facts, evidence: { ...facts.evidence, gates: null } }, 'QM3')?.verdict).toBe('warn');
    const gates = facts.evidence.gates;
    const failed = gates && { ...gates, body: gates.body.map((line) => ({ ...line, verdict: 'fail' as const })) };
    expect(answerOf({ ...facts, evidence: { ...facts.evidence, gates: failed } }, 'QM3')?.verdict).toBe('fail');
  });

  it('fails where an alias points at a version that the gateway refuses', () => {
    const refusals = [{ alias: 'toy-triage', reason: 'its signatures do not verify' }];
    expect(answerOf({ ...completeFacts(), refusals }, 'QU1')).toMatchObject({ verdict: 'fail' });
  });

  it('does not name foundation models of synthetic data that nobody named', () => {
    const facts = completeFacts();
    const sources = facts.plan.data.sources.map((source) => ({ ...source, origin: 'synthetic' as const }));
    const synthetic = { ...facts, plan: { ...facts.plan, data: { ...facts.plan.data, sources } } };
    expect(answerOf(synthetic, 'QM6')).toMatchObject({ verdict: 'unknown', basis: 'none' });
    expect(answerOf(facts, 'QM6')).toMatchObject({ verdict: 'warn', basis: 'claimed' });
  });

  it('counts its own gaps in the documentation', () => {
    expect(answerOf(completeFacts(), 'QU3')?.reason).toContain('open: QM2, QM7, QM8, QU2;');
  });
});

describe('a version for which nothing was trained', () => {
  const untrained = (): ChecklistFacts => {
    const facts = completeFacts();
    const prompt = { from: 'sort@1', digest: digestOf('sort') };
    const body = { baseModel: 'local/linear-ngram', provider: 'local', prompt };
    const evidence = { ...facts.evidence, training: null, baseModel: { id: digestOf('base'), body } };
    return { ...facts, evidence, fineTuneMilliseconds: null };
  };
  const saidOf = (question: Question, facts = untrained()) =>
    answerChecklist(facts).find((answer) => answer.question === question);

  it('rests on the base model and the prompt, and says so', () => {
    expect(saidOf('QM4')).toMatchObject({ verdict: 'warn', basis: 'claimed', evidence: [digestOf('base')] });
    expect(saidOf('QM4')?.reason).toContain('Nothing was trained: its prompt');
    expect(saidOf('QM5')?.reason).toContain('base model with its prompt');
    expect(saidOf('QM6')).toMatchObject({ verdict: 'warn', basis: 'claimed' });
    expect(saidOf('QM7')?.reason).toContain('nothing was trained');
  });

  it('is contradicted by a registry that names another base model', () => {
    const facts = untrained();
    const version = { ...facts.version, baseModel: 'local/other' };
    expect(saidOf('QM6', { ...facts, version })).toMatchObject({ verdict: 'fail', basis: 'contradicted' });
  });

  it('says of an imported base model what was found of it', () => {
    const facts = untrained();
    const source = { kind: 'endpoint' as const, provider: 'local', model: 'small' };
    const importedWith = (body: ImportBody) => ({
      ...facts,
      evidence: { ...facts.evidence, imported: { id: digestOf('import'), body } },
    });
    const retiring = importedWith({ source, said: { shutdown_date: '2027-03-01' } });
    expect(saidOf('QM8', retiring)).toMatchObject({ verdict: 'unknown', evidence: [digestOf('import')] });
    expect(saidOf('QM8', retiring)?.reason).toContain('its retirement on 2027-03-01');
    expect(saidOf('QM8', importedWith({ source, said: {} }))?.reason).toContain('no date of retirement');
    const weights = { source: { kind: 'weights' as const, folder: 'w' }, files: [], bytes: 12 };
    expect(saidOf('QM8', importedWith(weights))?.reason).toContain('0 files of 12 bytes');
  });
});

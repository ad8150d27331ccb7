import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../domain/evidence/canonical.js';
import type { LifecyclePlan } from '../../../domain/lifecycle-file/plan.js';
import { reuseKey, type StageInputs } from '../../../domain/reuse/reuse-key.js';
import { toyPlan } from '../../support/toy-plan.js';

const [a, b] = [digestOf('a'), digestOf('b')];
const split = (name: string, artifact = a) => ({ name, datasetId: artifact, artifact });
const inputs: StageInputs = {
  sources: [{ id: 'toys', raw: a, parsed: a, card: a }],
  curated: { dataset: a, splits: [split('train'), split('validation'), split('test/toys')] },
  model: { subject: a },
  champion: null,
};
const plan = toyPlan();
const { data, model, train, evaluate } = plan;

describe('the key of a stage', () => {
  it('is the same for the same inputs, however they are written', () => {
    for (const stage of ['curate', 'fine-tune', 'evaluate'] as const) {
      const reordered = Object.fromEntries(Object.entries(plan).toReversed()) as unknown as LifecyclePlan;
      expect(reuseKey(stage, reordered, structuredClone(inputs))).toBe(reuseKey(stage, plan, inputs));
    }
  });

  it.each<[string, 'curate' | 'fine-tune' | 'evaluate', Partial<LifecyclePlan>]>([
    ['the seed of a split', 'curate', { data: { ...data, curate: [{ ...data.curate[1]!, seed: 2 } as never] } }],
    [
      'how a source is labelled',
      'curate',
      { data: { ...data, sources: [{ ...data.sources[0]!, period: { from: '2020-01-01', until: null } }] } },
    ],
    ['the base model', 'fine-tune', { model: { ...model, base: { id: 'other', card: null } } }],
    ['the provider', 'fine-tune', { model: { ...model, provider: 'other' } }],
    ['a hyperparameter', 'fine-tune', { train: { ...train!, hyperparameters: { epochs: 21 } } }],
    ['a gate', 'evaluate', { evaluate: { ...evaluate, gates: [] } }],
    [
      'what a task says',
      'evaluate',
      { evaluate: { ...evaluate, tasks: [{ ...evaluate.tasks[0]!, instruction: 'Answer.' }] } },
    ],
  ])('is another one with %s', (_name, stage, over) => {
    expect(reuseKey(stage, toyPlan(over), inputs)).not.toBe(reuseKey(stage, plan, inputs));
  });

  it.each<[string, 'curate' | 'fine-tune' | 'evaluate', StageInputs]>([
    ['what was collected', 'curate', { sources: [{ id: 'toys', raw: b, parsed: b, card: a }] }],
    ['what is trained on', 'fine-tune', { curated: { dataset: a, splits: [split('train', b)] } }],
    ['the model', 'evaluate', { model: { subject: b } }],
    ['what it is compared with', 'evaluate', { champion: b }],
    ['what is asked', 'evaluate', { curated: { dataset: b, splits: [] } }],
  ])('is another one with %s', (_name, stage, over) => {
    expect(reuseKey(stage, plan, { ...inputs, ...over })).not.toBe(reuseKey(stage, plan, inputs));
  });

  it('does not look at what the stage does not depend on', () => {
    const splits = [split('train'), split('validation'), split('test/toys', b)];
    const otherTest = { ...inputs, curated: { dataset: b, splits } };
    expect(reuseKey('fine-tune', plan, otherTest)).toBe(reuseKey('fine-tune', plan, inputs));
    const renamed = toyPlan({ name: 'other', purpose: 'Another.', budget: { limitMicroUsd: 1, per: 'run' } });
    expect(reuseKey('fine-tune', renamed, inputs)).toBe(reuseKey('fine-tune', plan, inputs));
  });

  it('is not there where a result depends on more than what is sealed', () => {
    expect(reuseKey('collect', plan, inputs)).toBeNull();
    const labelled = {
      ...data,
      sources: [{ ...data.sources[0]!, labels: { by: 'feedback' as const, alias: 'toys' } }],
    };
    expect(reuseKey('curate', toyPlan({ data: labelled }), inputs)).toBeNull();
    expect(reuseKey('fine-tune', toyPlan({ train: null }), inputs)).toBeNull();
    expect(reuseKey('evaluate', plan, { curated: inputs.curated! })).toBeNull();
  });
});

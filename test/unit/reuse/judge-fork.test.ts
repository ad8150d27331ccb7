import { describe, expect, it } from 'vitest';
import { REUSABLE_STAGES, STAGES, type RunStatus, type Stage } from '../../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../../domain/lifecycle-file/plan.js';
import { requireForkable, retryStage, type ForkParent } from '../../../domain/reuse/judge-fork.js';
import { toyPlan } from '../../support/toy-plan.js';

/** A run that stopped in this stage. */
const stopped = (at: Stage, status: RunStatus = 'failed', over: Partial<ForkParent> = {}): ForkParent => ({
  id: 'run-7',
  status,
  reason: 'the gate says no',
  plan: toyPlan(),
  recreates: null,
  stages: STAGES.slice(0, STAGES.indexOf(at) + 1).map((stage) => ({
    stage,
    status:
      stage !== at ? 'succeeded' : status === 'cancelled' ? 'cancelled' : status === 'refused' ? 'refused' : 'failed',
    isReusable: (REUSABLE_STAGES as readonly Stage[]).includes(stage) && stage !== at,
  })),
  ...over,
});
const whyNot = (parent: ForkParent, from: Stage, over: Partial<LifecyclePlan> = {}): string => {
  try {
    requireForkable(parent, from, { ...parent.plan, ...over });
    return 'it may';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a retry', () => {
  it.each(['collect', 'curate', 'fine-tune', 'evaluate', 'approve'] as const)(
    'goes on at %s, where it stopped',
    (at) => {
      expect(retryStage(stopped(at))).toBe(at);
      expect(retryStage(stopped(at, 'cancelled'))).toBe(at);
    },
  );

  it('asks people again where it stopped after they had signed', () => {
    expect(retryStage(stopped('deploy'))).toBe('approve');
  });

  it('does not do again what was skipped because nothing is trained', () => {
    const { stages } = stopped('evaluate');
    const skipped = stages.map((one) => (one.stage === 'fine-tune' ? { ...one, status: 'skipped' as const } : one));
    expect(retryStage(stopped('evaluate', 'failed', { stages: skipped }))).toBe('evaluate');
  });

  it.each<[ForkParent, RegExp]>([
    [stopped('evaluate', 'running'), /is running: only a run that has ended/],
    [stopped('approve', 'paused'), /is paused/],
    [stopped('monitor', 'succeeded'), /succeeded: there is nothing to retry\. Fork it/],
    [stopped('evaluate', 'refused'), /was refused \(the gate says no\)\. That is an answer/],
    [stopped('monitor'), /its release, which stands/],
  ])('of a run that has nothing to retry is refused with what there is to do', (parent, words) => {
    expect(() => retryStage(parent)).toThrow(words);
  });
});

describe('a fork', () => {
  const { evaluate, data, model } = toyPlan();

  it('goes on from every stage that the run reached, also from one that succeeded', () => {
    for (const from of ['collect', 'curate', 'fine-tune', 'evaluate', 'approve'] as const)
      expect(whyNot(stopped('deploy'), from)).toBe('it may');
    expect(whyNot(stopped('approve', 'running'), 'evaluate')).toBe('it may');
  });

  it('takes over no approval and no release', () => {
    for (const from of ['deploy', 'monitor'] as const)
      expect(whyNot(stopped('monitor'), from)).toMatch(/An approval is of one run.*Fork from approve or earlier/);
  });

  it('says how far the run got', () => {
    expect(whyNot(stopped('evaluate', 'refused'), 'approve')).toMatch(
      /evaluate of run-7 is refused.*Fork from evaluate/,
    );
    expect(whyNot(stopped('curate'), 'approve')).toMatch(/curate of run-7 is failed.*Fork from curate or earlier/);
    const { stages } = stopped('evaluate');
    const old = { stages: stages.map((one) => ({ ...one, isReusable: false })) };
    expect(whyNot(stopped('evaluate', 'failed', old), 'evaluate')).toMatch(/collect of run-7 was done by a version/);
  });

  it('takes a changed file from the stage on that the change is for', () => {
    const gates = [{ ...evaluate.gates[0]!, limit: 0.5 } as (typeof evaluate.gates)[number]];
    const fixed = { evaluate: { ...evaluate, gates } };
    expect(whyNot(stopped('evaluate', 'refused'), 'evaluate', fixed)).toBe('it may');
    expect(whyNot(stopped('approve'), 'approve', fixed)).toBe(
      'evaluate.gates[0].limit is not as in the plan of run-7, and evaluate, which would be taken over from it, depends on it. Fork from evaluate or earlier.',
    );
    const other = { data: { ...data, curate: [] }, model: { ...model, base: { id: 'other', card: null } } };
    expect(whyNot(stopped('approve'), 'evaluate', other)).toMatch(
      /^data\.curate is not .* and curate, .*Fork from curate/,
    );
    expect(whyNot(stopped('approve'), 'fine-tune', { model: other.model })).toBe('it may');
    expect(whyNot(stopped('approve'), 'approve', { model: other.model })).toMatch(
      /^model\.base\.id is not .* fine-tune/,
    );
  });

  it('trains nothing where the changed file trains nothing, and trains where it does', () => {
    expect(whyNot(stopped('evaluate'), 'evaluate', { train: null })).toBe('it may');
    const untrained = stopped('evaluate', 'failed', { plan: toyPlan({ train: null }) });
    expect(whyNot(untrained, 'evaluate', { train: toyPlan().train })).toMatch(/^train is not .*Fork from fine-tune/);
  });

  it('is of the same lifecycle, and never of a run that makes a model again', () => {
    expect(whyNot(stopped('evaluate'), 'curate', { name: 'other' })).toMatch(/A fork is a run of the same lifecycle/);
    expect(whyNot(stopped('evaluate', 'failed', { recreates: 'm@1' }), 'curate')).toMatch(/makes m@1 again/);
  });
});

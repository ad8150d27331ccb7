import { describe, expect, it } from 'vitest';
import { decideRetrain } from '../../domain/kernel/retrain-policy.js';

const policy = { windows: 2, coolDownMilliseconds: 1_000, minimumLabels: 100 };
const ready = { driftedWindows: 2, newLabels: 100, isRunning: false, lastRetrainAt: null, now: 10_000 };

describe('the decision to retrain', () => {
  it('starts when drift has lasted, labels are there, nothing runs and the cool-down is over', () => {
    expect(decideRetrain(policy, ready).action).toBe('start');
    expect(decideRetrain(policy, { ...ready, lastRetrainAt: 9_000 }).action).toBe('start');
  });

  it('waits for another trigger while drift, labels or a run stand against it', () => {
    for (const over of [{ driftedWindows: 1 }, { newLabels: 99 }, { isRunning: true }]) {
      expect(decideRetrain(policy, { ...ready, ...over })).toMatchObject({ action: 'wait', afterMilliseconds: null });
    }
  });

  it('asks again when the cool-down ends', () => {
    const decision = decideRetrain(policy, { ...ready, lastRetrainAt: 9_400 });
    expect(decision).toMatchObject({ action: 'wait', afterMilliseconds: 400 });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import type { LifecyclePlan } from '../../../domain/lifecycle-file/plan.js';
import { refusalOf, withFiles } from './example-files.js';

const { plan } = await loadLifecycle(['assay.yaml'], withFiles());

const problemsOf = async (change: (copy: LifecyclePlan) => unknown): Promise<string[]> => {
  const copy = structuredClone(plan);
  const value = change(copy) ?? copy;
  return (await refusalOf(Promise.resolve().then(() => parsePlan(value)))).problems;
};

describe('judging a plan', () => {
  it('refuses an unknown key anywhere', async () => {
    const paths = (value: unknown, path: string[] = []): string[][] =>
      typeof value !== 'object' || value === null
        ? []
        : [
            ...(Array.isArray(value) ? [] : [path]),
            ...Object.entries(value).flatMap(([key, part]) => paths(part, [...path, key])),
          ];
    const open = paths(plan).filter((path) => path.at(-1) !== 'hyperparameters');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...open), async (path) => {
        const problems = await problemsOf((copy) => {
          const target = path.reduce<Record<string, unknown>>(
            (part, key) => part[key] as Record<string, unknown>,
            copy as unknown as Record<string, unknown>,
          );
          target['zzz'] = 1;
          return undefined;
        });
        expect(problems.join('\n')).toContain('Unknown key "zzz"');
      }),
    );
  });

  it('names the path of every problem', async () => {
    const problems = await problemsOf((copy) => {
      copy.monitor.everyMilliseconds = 1.5;
      copy.deploy.rollout = [];
      return undefined;
    });
    expect(problems).toEqual([
      'deploy.rollout The traffic of a rollout must rise from step to step and end with 100.',
      'monitor.everyMilliseconds Write a whole number.',
    ]);
  });

  it('finds names that lead nowhere', async () => {
    const problems = await problemsOf((copy) => {
      const [gate] = copy.evaluate.gates;
      if (gate) gate.task = 'triag';
      return undefined;
    });
    expect(problems).toEqual(['evaluate.gates[0].task Unknown task "triag". Did you mean "triage"?']);
  });

  it('refuses a changed file of evidence, a policy without stages and a secret', async () => {
    const secret = `AKIA${'ABCDEFGH'.repeat(2)}`;
    const problems = await problemsOf((copy) => {
      const evidence = copy.data.sources[0]?.rights.evidence;
      if (evidence) evidence.text += ' ';
      copy.approve.policy.stages = [];
      copy.purpose = `Use ${secret}`;
      return undefined;
    });
    expect(problems).toEqual([
      'data.sources[0].rights.evidence The digest is not that of the text.',
      'approve.policy.stages A policy without stages would let everything out.',
      expect.stringMatching(/^purpose This looks like an AWS access key/),
    ]);
    expect(problems.join()).not.toContain(secret);
  });

  it.each([[null], [[]], ['plan'], [42], [undefined]])('refuses %j', async (value) => {
    const refusal = await refusalOf(Promise.resolve().then(() => parsePlan(value)));
    expect(refusal.problems).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defineLifecycle, type Lifecycle } from '../../../domain/lifecycle-file/define-lifecycle.js';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { exampleText, refusalOf, withFiles } from './example-files.js';

const written = parse(await exampleText('assay.yaml')) as Lifecycle;
const load = (value: unknown, files = withFiles()) => loadLifecycle([{ file: 'lifecycle.ts', value }], files);
const problemsOf = async (value: unknown): Promise<string[]> => (await refusalOf(load(value))).problems;

describe('a lifecycle in TypeScript', () => {
  it('becomes the same plan as the same file', async () => {
    expect(await load(defineLifecycle(written))).toEqual(await loadLifecycle(['assay.yaml'], withFiles()));
  });

  it('takes overlays in YAML', async () => {
    const layers = [{ file: 'lifecycle.ts', value: written }, 'demo.overlay.yaml'];
    expect(await loadLifecycle(layers, withFiles())).toEqual(
      await loadLifecycle(['assay.yaml', 'demo.overlay.yaml'], withFiles()),
    );
  });

  it('leaves out what is undefined', async () => {
    const budget = { ...written, budget: undefined };
    expect((await load(defineLifecycle(budget))).plan.budget).toBeNull();
  });

  it('tells every problem by the way to it, since there are no lines', async () => {
    const { rollout: _rollout, ...deploy } = written.deploy;
    const [first, ...gates] = written.evaluate.gates;
    const wrong = {
      ...written,
      deploy: { ...deploy, rolout: [] },
      monitor: { ...written.monitor, every: '10' },
      evaluate: { ...written.evaluate, gates: [{ ...first, task: 'triag' }, ...gates] },
    };
    const { message, problems } = await refusalOf(load(wrong));
    expect(problems.toSorted()).toEqual([
      'lifecycle.ts deploy Missing key "rollout": a list.',
      'lifecycle.ts deploy.rolout Unknown key "rolout". Did you mean "rollout"?',
      'lifecycle.ts evaluate.gates[0].task Unknown task "triag". Did you mean "triage"?',
      expect.stringMatching(/^lifecycle\.ts monitor\.every "10" is not a duration/),
    ]);
    expect(message).not.toContain(' | ');
  });

  it.each([
    [{ ...written, monitor: () => 1 }, 'lifecycle.ts monitor A lifecycle holds plain values; this is a function.'],
    [{ ...written, name: new Date(0) }, 'lifecycle.ts name A lifecycle holds plain values; this is a Date.'],
    [Promise.resolve(written), 'lifecycle.ts default export A lifecycle holds plain values; this is a Promise.'],
    ['assay.yaml', 'lifecycle.ts default export Expected a mapping, found "assay.yaml".'],
  ])('refuses what no file could hold (%#)', async (value, problem) => {
    expect(await problemsOf(value)).toContain(problem);
  });

  it('refuses a value that holds itself', async () => {
    const loop: Record<string, unknown> = { ...written };
    loop['data'] = loop;
    expect((await problemsOf(loop)).join('\n')).toContain('This nests too deep.');
  });

  it('refuses a list that holds more than any lifecycle', async () => {
    const problems = await problemsOf({ ...written, owners: Array.from({ length: 10_001 }, () => 'ml-team') });
    expect(problems).toEqual([expect.stringContaining('This has more than 10000 values.')]);
  });

  it('refuses secrets and never repeats them', async () => {
    const secret = `sk-${'a1b2c3d4'.repeat(4)}`;
    const { message } = await refusalOf(load({ ...written, purpose: `Ask with ${secret}` }));
    expect(message).toContain('lifecycle.ts purpose This looks like an API key.');
    expect(message).not.toContain(secret);
  });
});

import { describe, expect, it } from 'vitest';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { refusalOf, withFiles } from './example-files.js';

const loadWith = (overlay: string, more: Record<string, string | null> = {}, path = 'over.yaml') =>
  loadLifecycle(['assay.yaml', path], withFiles({ [path]: overlay, ...more }));

describe('overlays', () => {
  it('merge mappings deeply; scalars and sequences replace', async () => {
    const { plan } = await loadWith(
      'monitor: { every: 5s }\ndeploy: { rollout: [{ traffic: 100 }] }\nowners: [a, b]\n',
    );
    expect(plan.monitor).toEqual({
      everyMilliseconds: 5_000,
      minimumItems: 500,
      drift: { on: ['input-text'], confidence: 0.95 },
    });
    expect(plan.deploy.rollout).toEqual([{ traffic: 100, bakeMilliseconds: 0 }]);
    expect(plan.deploy.alias).toBe('email-triage');
    expect(plan.owners).toEqual(['a', 'b']);
  });

  it('take out an optional part by null', async () => {
    const { plan } = await loadWith('budget: null\nretrain: { schedule: null }\n');
    expect(plan.budget).toBeNull();
    expect(plan.retrain.schedule).toBeNull();
    expect(plan.retrain.onDrift?.windows).toBe(2);
  });

  it('are named by the problems of what came from them', async () => {
    const { message, problems } = await refusalOf(
      loadWith(
        'deploy:\n  rollout:\n    - { traffic: 5, bakes: 2s }\n    - { traffic: 100 }\nmonitor: { every: 5 s }\n',
      ),
    );
    expect(problems).toEqual([
      'over.yaml:3:21 Unknown key "bakes". Did you mean "bake"?',
      expect.stringMatching(/^over\.yaml:5:19 "5 s" is not a duration/),
    ]);
    expect(message).toContain('  5 | monitor: { every: 5 s }');
  });

  it('are all read before the first problem is told', async () => {
    const { problems } = await refusalOf(
      loadLifecycle(['a.yaml', 'b.yaml'], withFiles({ 'a.yaml': 'a: 1\na: 2\n', 'b.yaml': 'b:\n\tc: 1\n' })),
    );
    expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['a.yaml', 'b.yaml']);
  });

  it('name files relative to themselves', async () => {
    const policy = await withFiles()('policies/two-person.yaml');
    const files = { 'team/mine.yaml': policy.replace('name: two-person', 'name: mine') };
    const { plan } = await loadWith('approve: { policy: ./mine.yaml }\n', files, 'team/over.yaml');
    expect(plan.approve.policy.name).toBe('mine');
    expect(plan.approve.expiresAfterMilliseconds).toBe(604_800_000);
  });

  it('give the digest of the same file written out', async () => {
    const over = await loadWith('monitor: { every: 60m }\n');
    const plain = await loadLifecycle(['assay.yaml'], withFiles());
    expect(over.planDigest).toBe(plain.planDigest);
  });
});

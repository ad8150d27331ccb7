import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { digestOf } from '../../../domain/evidence/canonical.js';
import { loadLifecycle } from '../../../domain/lifecycle-file/load-lifecycle.js';
import { parsePlan } from '../../../domain/lifecycle-file/parse-plan.js';
import { lifecycleJsonSchema } from '../../../domain/lifecycle-file/schema/written-schema.js';
import { exampleText, withFiles } from './example-files.js';

describe('the example', () => {
  it('becomes a plan with every unit, default and file resolved', async () => {
    const { plan, planDigest } = await loadLifecycle(['assay.yaml'], withFiles());
    expect(plan).toMatchObject({
      name: 'email-triage',
      approve: { policy: { name: 'two-person', waivers: { role: 'legal' } }, expiresAfterMilliseconds: 604_800_000 },
      budget: { limitMicroUsd: 200_000_000, per: 'month' },
      monitor: { everyMilliseconds: 3_600_000, minimumItems: 500 },
      retrain: { schedule: { cron: '0 3 * * 1', timeZone: 'UTC', jitterMilliseconds: 600_000 } },
    });
    expect(plan.data.sources.map(({ period }) => period)).toEqual([
      { from: null, until: '2002-08-22T00:00:00.000Z' },
      { from: '2002-08-22T00:00:00.000Z', until: null },
    ]);
    expect(plan.data.sources[0]?.rights.evidence?.text).toBe(await exampleText('rights/mail.md'));
    expect(plan.data.sources[1]?.labels).toEqual({ by: 'feedback', alias: 'email-triage' });
    expect(plan.deploy.rollout.map(({ bakeMilliseconds }) => bakeMilliseconds)).toEqual([600_000, 600_000, 0]);
    expect(plan.evaluate.gates.map(({ task, kind }) => `${task} ${kind}`)).toEqual([
      'triage at-least',
      'triage no-worse-than-champion',
      'triage-later no-worse-than-champion',
    ]);
    expect(planDigest).toBe(digestOf(plan));
  });

  it('gives the same plan wherever its folder stands', async () => {
    const here = await loadLifecycle(['assay.yaml'], withFiles());
    const read = withFiles();
    const there = await loadLifecycle(['/srv/team/assay.yaml'], (path) => read(path.replace('/srv/team/', '')));
    expect(there).toEqual(here);
  });

  it('passes the judgement of plans after a round trip through JSON', async () => {
    const { plan } = await loadLifecycle(['assay.yaml', 'demo.overlay.yaml'], withFiles());
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('changes nothing but times in the demo', async () => {
    const { plan: usual } = await loadLifecycle(['assay.yaml'], withFiles());
    const { plan: demo } = await loadLifecycle(['assay.yaml', 'demo.overlay.yaml'], withFiles());
    const timeless = (plan: unknown): unknown =>
      JSON.parse(JSON.stringify(plan, (key, value: unknown) => (key.endsWith('Milliseconds') ? 0 : value)));
    expect(timeless(demo)).toEqual(timeless(usual));
    expect(demo.deploy.rollout[0]?.bakeMilliseconds).toBe(2_000);
    expect(demo.monitor.everyMilliseconds).toBe(5_000);
  });
});

describe('the JSON schema for editors', () => {
  it('is the committed one (after a change: vitest run -u)', async () => {
    const text = await format(JSON.stringify(lifecycleJsonSchema()), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot('../../../domain/lifecycle-file/assay.schema.json');
  });

  it('takes the example and refuses an unknown key', async () => {
    const isValid = new Ajv2020({ strict: false }).compile(lifecycleJsonSchema() as object);
    const example = parse(await exampleText('assay.yaml')) as object;
    expect(isValid(example)).toBe(true);
    expect(isValid({ ...example, rolout: [] })).toBe(false);
  });
});

import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../domain/api/comparison.js';
import { createApi } from '../../server/api/create-api.js';
import { createApiStores } from '../../server/api/stores.js';
import { createLogger } from '../../server/process/logger.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { addPerson } from '../support/people.js';
import { openReviewedRequest, writeHostileMails } from '../support/reviewed-request.js';
import { PROJECT } from '../support/seeded-project.js';

describe('what a request is held against', () => {
  let world: ActivityWorld;
  let token: string;
  let requestId: string;
  beforeAll(async () => {
    world = await createActivityWorld(600);
    await writeHostileMails(world.folder);
    token = await addPerson(world.db, { id: 'ruth', project: PROJECT, roles: ['risk'] });
    ({ requestId } = await openReviewedRequest(world));
  });
  afterAll(() => world.close());

  async function ask(id: string, over: Partial<Parameters<typeof createApi>[0]> = {}): Promise<Comparison> {
    const { dependencies, privateKey, db } = world;
    const app = createApi({
      stores: createApiStores(db),
      decisionKey: privateKey,
      publicKey: dependencies.decisionPublicKey,
      instance: dependencies.instance,
      allowDemoIdentities: false,
      artifacts: dependencies.artifacts,
      isReady: () => Promise.resolve(true),
      log: createLogger('test', 'silent'),
      ...over,
    });
    const response = await app.request(`/v1/approvals/${id}/comparison`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Comparison;
  }

  it('measures candidate and champion on the same items, over all and per expected answer', async () => {
    const { champion, tasks, gates } = await ask(requestId);
    expect(champion).toMatchObject({ status: 'known', versionId: 'email-triage@1', isLive: true });
    const [task] = tasks;
    const f1 = task?.metrics.find(({ metric }) => metric === 'f1-macro');
    expect(f1?.candidate.value).toBeGreaterThan(f1?.champion?.value ?? 1);
    expect(f1?.difference?.value).toBeCloseTo((f1?.candidate.value ?? 0) - (f1?.champion?.value ?? 0), 10);
    expect(gates.map(({ kind, verdict, champion: other }) => [kind, verdict, other])).toEqual([
      ['at-least', 'pass', f1?.champion?.value],
      ['no-worse-than-champion', 'pass', f1?.champion?.value],
    ]);
    if (task?.slices.status !== 'known') throw new Error('slices are not known');
    expect(task.slices.slices.map(({ label }) => label).toSorted()).toEqual(['ham', 'spam']);
    expect(task.slices.slices.reduce((sum, { n }) => sum + n, 0)).toBe(f1?.candidate.n);
  });

  it('shows the worst regressions with their texts masked, what is no answer at all first', async () => {
    const { tasks } = await ask(requestId);
    const regressions = tasks[0]?.regressions;
    if (regressions?.status !== 'known') throw new Error('regressions are not known');
    expect(regressions.worst.length).toBeGreaterThan(0);
    expect(regressions.worst.length).toBeLessThanOrEqual(10);
    expect(regressions.lost).toBeGreaterThanOrEqual(regressions.worst.length);
    for (const { champion, expected, candidate, text } of regressions.worst) {
      expect(champion).toBe(expected);
      expect(candidate).not.toBe(expected);
      expect(text).toMatch(/\[EMAIL\]|\[URL\]/);
      expect(text).not.toMatch(/@example\.com|evil\.example/);
    }
  });

  it('says what differs in data, plan and cost, and what nobody knows yet', async () => {
    const { data, config, cost, latency } = await ask(requestId);
    expect(data).toMatchObject({ status: 'known', note: null });
    expect(config).toMatchObject({
      status: 'known',
      changes: [
        { path: 'train.seed', champion: '7', candidate: '8' },
        { path: 'train.hyperparameters.epochs', champion: '20', candidate: '30' },
      ],
    });
    expect(cost.champion).toEqual(cost.candidate);
    expect(latency.candidate.status).toBe('unknown');
  });

  it('invents nothing where there was no champion, and nothing where it cannot read artifacts', async () => {
    const championsRun = (await ask(requestId)).champion;
    if (championsRun.status !== 'known') throw new Error('there is no champion');
    const first = await ask(championsRun.runId);
    expect(first.champion).toMatchObject({ status: 'unknown' });
    expect(first.tasks[0]?.regressions).toMatchObject({ status: 'unknown' });
    expect(first.gates[1]).toMatchObject({ verdict: 'not-applicable', champion: null });

    const blind = await ask(requestId, { artifacts: undefined });
    expect(blind.tasks[0]?.metrics[0]?.champion?.value).not.toBeNull();
    const slices = blind.tasks[0]?.slices;
    expect(slices).toMatchObject({ status: 'unknown' });
    if (slices?.status === 'unknown') expect(slices.reason).toContain('ASSAY_ARTIFACTS_FOLDER');
  });

  it('takes no altered predictions for what was measured', async () => {
    const evaluation = (await ask(requestId)).tasks[0]?.evidence;
    const { body } = await world.dependencies.evidence.load(evaluation!);
    const { candidate } = body['artifacts'] as { candidate: string };
    const hex = candidate.slice('sha256:'.length);
    const path = join(world.folder, 'artifacts', 'blobs', 'sha256', hex.slice(0, 2), hex);
    const bytes = await readFile(path);
    bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
    await chmod(path, 0o600);
    await writeFile(path, bytes);
    const { tasks } = await ask(requestId);
    expect(tasks[0]?.slices).toMatchObject({ status: 'unknown' });
    if (tasks[0]?.slices.status === 'unknown') expect(tasks[0].slices.reason).toContain('was altered on disk');
  });
});

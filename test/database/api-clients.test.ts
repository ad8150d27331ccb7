import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { createAssayClient } from '../../server/client/create-assay-client.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { withFiles } from '../unit/lifecycle-file/example-files.js';

describe('clients of the api', () => {
  let api: ApiUnderTest;
  let listening: Listening;
  let folder: string;
  beforeAll(async () => {
    api = await openApi();
    listening = await listen(api.fetch, { host: '127.0.0.1', port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'assay-clients-'));
  });
  afterAll(async () => {
    await listening.close();
    await api.close();
    await rm(folder, { recursive: true });
  });

  const planOfExample = async () => (await loadLifecycle(['assay.yaml'], withFiles())).plan;

  it('starts a run from TypeScript and reads it, with types, and refusals as problems', async () => {
    const assay = createAssayClient({ baseUrl: listening.url, token: api.tokens.ada });
    const started = await assay.POST('/v1/runs', {
      params: { header: { 'Idempotency-Key': 'from-typescript' } },
      body: { plan: { ...(await planOfExample()) } },
    });
    const id = started.data?.runId ?? '';
    const run = await assay.GET('/v1/runs/{id}', { params: { path: { id } } });
    expect(run.data?.status).toBe('requested');
    const refused = await assay.POST('/v1/runs/{id}/commands', {
      params: { path: { id: 'run-0' } },
      body: { kind: 'pause' },
    });
    expect(refused.error).toMatchObject({ status: 404, code: 'NOT_FOUND', detail: 'There is no run run-0.' });
  });

  it('starts a run from five lines of Python and reads it; a repeated start is the same one', async () => {
    const file = join(folder, 'plan.json');
    await writeFile(file, JSON.stringify({ plan: await planOfExample() }));
    const environment = { ...process.env, ASSAY_API_URL: listening.url, ASSAY_TOKEN: api.tokens.ada };
    const start = () => promisify(execFile)('python3', ['examples/api/start_run.py', file], { env: environment });
    const { stdout } = await start();
    expect(stdout).toMatch(/^\S+ is requested\n$/);
    expect((await start()).stdout).toBe(stdout);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerChecks } from '../../workers/doctor/provider-checks.js';
import { runCheck } from '../../domain/health-check.js';
import { probeJobs } from '../../providers/openai/probe-jobs.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { json, refusal, hostileServer, text, type HostileServer, type Reaction } from '../support/hostile-server.js';
import { API_KEY, startLocalProvider, type RunningProvider } from '../support/local-provider.js';

let server: HostileServer;

async function probe(react: Reaction) {
  server = await hostileServer(react);
  return probeJobs({ baseUrl: server.baseUrl, apiKey: 'canary-key-of-the-probe' }, 'gpt-4.1-mini');
}

const inFile = (message: string, param: string | null): Reaction =>
  json(400, { error: { message, type: 'invalid_request_error', param, code: 'invalid_file' } });

describe('whether jobs may be created', () => {
  it.each<[string, Reaction, string]>([
    ['a refusal of the file', inFile('invalid training_file: file-x', 'training_file'), 'may-create'],
    ['a file that is not found', refusal(404, 'No such File object: file-x'), 'may-create'],
    ['403', refusal(403, 'You have insufficient permissions for this operation.'), 'may-not-create'],
    ['401', refusal(401, 'Incorrect API key provided'), 'may-not-create'],
    ['a closed service', refusal(400, 'Fine-tuning is no longer available to your organization.'), 'may-not-create'],
    ['a model that is not known', refusal(404, 'The model gpt-4.1-mini does not exist'), 'unclear'],
    ['no such endpoint', refusal(404, 'Not Found'), 'unclear'],
  ])('is read from %s', async (_, react, answer) => {
    const { words, ...found } = await probe(react);
    expect(found).toEqual({ answer });
    expect(words).toContain('asked for a job of gpt-4.1-mini over a file that does not exist; refused with 4');
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/fine_tuning/jobs']);
  });

  it('is not asked at a price: what is created against all reason is cancelled at once, and it is said', async () => {
    const { words } = await probe((request, response) => json(200, { id: 'j-7', status: 'queued' })(request, response));
    expect(words).toContain('it was taken as job j-7 and cancelled at once');
    expect(server.seen.map(({ path }) => path)).toEqual(['/v1/fine_tuning/jobs', '/v1/fine_tuning/jobs/j-7/cancel']);
  });

  it.each([
    ['500', refusal(500, 'broken')],
    ['HTML', text(502, 'text/html', '<html>')],
    ['429', refusal(429, 'slow')],
  ])('is not known after %s', async (_, react) => {
    await expect(probe(react)).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
  });
});

describe("a worker's doctor", () => {
  let local: RunningProvider;
  beforeAll(async () => void (local = await startLocalProvider()));
  afterAll(() => local.stop());
  const look = (name: string, prices: Record<string, number>, apiKey = API_KEY) => {
    const provider = { baseUrl: local.baseUrl(), apiKey, prices } as Parameters<typeof providerChecks>[1];
    const checks = providerChecks(name, provider, createSecrets({ sources: {} }), Date.parse('2026-11-30'));
    return Promise.all(checks.map(runCheck));
  };

  it('finds a provider that lets it train, and makes no job there', async () => {
    const findings = await look('local', {});
    expect(findings.map(({ name, state }) => [name, state])).toEqual([
      ['local: key', 'ok'],
      ['local: jobs', 'ok'],
    ]);
    expect((await local.client().fineTuning.jobs.list()).data).toEqual([]);
  });

  it('finds a wrong key, a secret that is nowhere, and base models that end soon', async () => {
    const [key, jobs, base] = await look('hosted', { 'gpt-4.1-mini': 5 }, 'canary-wrong-key');
    expect([key?.state, jobs?.state, base?.state]).toEqual(['failed', 'failed', 'warning']);
    expect(base?.detail).toBe('no new jobs after 2027-01-06; what it makes is served until 2027-01-14');
    const [missing] = await look('hosted', {}, '${secret:nowhere}');
    expect(missing).toMatchObject({ state: 'failed', detail: expect.stringContaining("There is no secret 'nowhere'") });
  });
});

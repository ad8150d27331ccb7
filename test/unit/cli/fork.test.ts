import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

const servers: Server[] = [];
const asked: { path: string; body: unknown }[] = [];
afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
  asked.splice(0);
});

const run = (id: string, stage: string, over: object = {}) => ({
  id,
  project: 'default',
  name: 'email-triage',
  status: 'failed',
  requestedBy: 'ada',
  stage,
  waitingFor: null,
  reason: 'the provider said no',
  recreates: null,
  forkedFrom: null,
  createdAt: '2026-03-01T00:00:00.000Z',
  startedAt: null,
  endedAt: null,
  ...over,
});
const RUNS = [
  run('run-6', 'collect', { status: 'running', forkedFrom: { runId: 'run-1', stage: 'evaluate' } }),
  run('run-4', 'evaluate', { status: 'refused' }),
  run('run-3', 'fine-tune'),
  run('run-2', 'evaluate'),
  run('run-1', 'evaluate'),
];

/** An api that forks every run but run-9. */
async function api(): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body: text === '' ? null : JSON.parse(text) });
      const [, runId = ''] = /runs\/([\w-]+)\/forks/.exec(request.url ?? '') ?? [];
      const isRefused = runId === 'run-9';
      response.writeHead(isRefused ? 409 : 200, { 'content-type': 'application/json' });
      const refusal = { status: 409, code: 'CONFLICT', detail: 'curate of run-9 was not reached' };
      const forkedFrom = { runId, stage: 'evaluate' };
      const forked = { runId: `${runId}-again`, planDigest: `sha256:${'0'.repeat(64)}`, isNew: true, forkedFrom };
      response.end(JSON.stringify(request.method === 'GET' ? { runs: RUNS } : isRefused ? refusal : forked));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function assay(...argv: string[]) {
  const terminal = recordedTerminal();
  const environment = { ASSAY_HOME: '/nonexistent/assay', ASSAY_API_URL: await api() };
  const exitCode = await runProgram(argv, environment, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('assay fork', () => {
  it('goes on with all runs that failed in a stage and that no other goes on from, once somebody says so', async () => {
    const found = ['fork', '--failed-in', 'evaluate', '--name', 'email-triage'];
    const { exitCode, stderr } = await assay(...found);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/run-2 +email-triage/);
    expect(stderr).not.toMatch(/run-[134]/);
    expect(stderr).toContain('Add --yes to say that you mean it');
    const forked = await assay(...found, '--yes');
    expect(forked).toMatchObject({ exitCode: 0, stdout: 'run-2-again' });
    expect(asked.at(-1)).toEqual({ path: '/v1/runs/run-2/forks', body: { from: 'evaluate' } });
    expect(asked[0]!.path).toBe('/v1/runs?name=email-triage');
  });

  it('does not let one run that cannot be forked keep the others from it', async () => {
    const { exitCode, stdout } = await assay(
      'fork',
      'run-9',
      'run-2',
      '--from',
      'evaluate',
      '--start-key',
      'k',
      '--json',
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      forks: [{ runId: 'run-2-again' }],
      refused: [{ runId: 'run-9', reason: 'curate of run-9 was not reached' }],
    });
    expect(asked.at(-1)!.body).toEqual({ from: 'evaluate', startKey: 'k/run-2' });
  });

  it('of one run that cannot be forked ends as the api says', async () => {
    expect(await assay('fork', 'run-9', '--from', 'evaluate')).toMatchObject({ exitCode: 4 });
  });

  it('wants a run and a stage', async () => {
    expect(await assay('fork')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--failed-in') });
    const aimless = await assay('fork', 'run-2');
    expect(aimless).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('assay retry') });
  });
});

describe('assay retry', () => {
  it('leaves it to the api where the run goes on', async () => {
    const { stderr, stdout } = await assay('retry', 'run-2', '--no-reuse');
    expect(stdout).toBe('run-2-again');
    expect(stderr).toContain('run-2-again goes on from evaluate of run-2');
    expect(asked).toEqual([{ path: '/v1/runs/run-2/forks', body: { reuse: false } }]);
  });
});

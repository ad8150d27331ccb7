import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function apiThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, body: unknown): Promise<string> =>
  apiThat((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });

async function run(argv: string[], environment: Record<string, string>) {
  const terminal = recordedTerminal();
  const exitCode = await runProgram(argv, { ASSAY_HOME: '/nonexistent/assay', ...environment }, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('commands that ask the api', () => {
  it('say in one sentence that nobody answers, and what to do', async () => {
    const { exitCode, stderr } = await run(['runs'], { ASSAY_API_URL: 'http://127.0.0.1:1' });
    expect(exitCode).toBe(6);
    expect(stderr).toContain('No Assay api answers at http://127.0.0.1:1. Start one with "assay dev".');
  });

  it('print one object with --json', async () => {
    const { exitCode, stdout } = await run(['runs', '--json'], { ASSAY_API_URL: await answering(200, { runs: [] }) });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, code: 'OK', runs: [] });
  });

  it('print the problem as one object with --json, with its request id', async () => {
    const problem = { type: 'about:blank', title: 'No', status: 404, detail: 'There is no run x.', code: 'NOT_FOUND' };
    const url = await answering(404, { ...problem, requestId: 'req-1' });
    const { exitCode, stdout } = await run(['show', 'x', '--json'], { ASSAY_API_URL: url });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      code: 'NOT_FOUND',
      message: 'There is no run x.',
      details: { status: 404, requestId: 'req-1' },
    });
  });

  it('do not take an answer that they do not understand for one that says yes', async () => {
    const { exitCode } = await run(['runs'], { ASSAY_API_URL: await answering(200, '<html>') });
    expect(exitCode).toBe(70);
  });

  it('send the token in a header and never in the address', async () => {
    const seen: (string | undefined)[] = [];
    const url = await apiThat((request, response) => {
      seen.push(request.headers.authorization, request.url);
      response.end(JSON.stringify({ runs: [] }));
    });
    await run(['runs', '--status', 'running'], { ASSAY_API_URL: url, ASSAY_TOKEN: 'assay_secret' });
    expect(seen).toEqual(['Bearer assay_secret', '/v1/runs?status=running']);
  });

  it('show text of others without its escape sequences', async () => {
    const line = { id: 'run-1', project: 'demo', name: 'triage', status: 'refused', requestedBy: '\u001b[31mmallory' };
    const times = { createdAt: '2026-01-01T00:00:00Z', startedAt: null, endedAt: null };
    const runs = [{ ...line, ...times, stage: null, waitingFor: null, reason: 'no\u202Eon\nnew line' }];
    const { stdout } = await run(['runs'], { ASSAY_API_URL: await answering(200, { runs }) });
    expect(stdout).not.toMatch(/\u001b|\u202e/i);
    expect(stdout.split('\n')).toHaveLength(1);
  });
});

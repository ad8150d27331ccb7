import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

const EXAMPLE = 'examples/email-triage/assay.yaml';
const servers: Server[] = [];
const asked: string[] = [];
afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
  asked.splice(0);
});

async function apiThatAnswers(status: number, alias: unknown, preview: unknown = {}): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const body = request.method === 'POST' ? preview : alias;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function plan(argv: string[], apiUrl = 'http://127.0.0.1:1') {
  const terminal = recordedTerminal();
  const environment = { ASSAY_HOME: '/nonexistent/assay', ASSAY_API_URL: apiUrl };
  const exitCode = await runProgram(['plan', '-f', EXAMPLE, ...argv], environment, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('assay plan', () => {
  it('says what every stage will do, in order', async () => {
    const { exitCode, stdout } = await plan(['--offline']);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^\d \S+/gm)).toEqual([
      '1 collect',
      '2 curate',
      '3 fine-tune',
      '4 evaluate',
      '5 approve',
      '6 deploy',
      '7 monitor',
    ]);
    expect(stdout).toContain('gate: f1-macro of triage is at least 0.9, with 95 % confidence');
    expect(stdout).toContain('policy two-person (version 1): release: 1 × risk and 1 × legal');
    expect(stdout).toContain('alias email-triage: 5 % for 10m, 50 % for 10m, 100 %; 20m in all');
    expect(stdout).toContain('a training quoted above 200 USD is not started');
    expect(stdout).toContain('at 0 3 * * 1 (UTC), up to 10m later');
  });

  it('plans what the overlays make of the file', async () => {
    const { stdout } = await plan(['-f', 'examples/email-triage/demo.overlay.yaml', '--offline']);
    expect(stdout).toContain('5 % for 2s, 50 % for 2s, 100 %; 4s in all');
  });

  it('gives the same as one object, with the plan and its digest', async () => {
    const { stdout } = await plan(['--offline', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      planDigest: expect.stringMatching(/^sha256:/),
      signatures: 2,
      bakeMilliseconds: 1_200_000,
      champion: { asked: false, reason: '--offline' },
      plan: { name: 'email-triage' },
    });
  });

  it('asks an api only for the champion of the alias, and for what earlier runs have left', async () => {
    const alias = { alias: 'email-triage', revision: 1, routes: [], champion: 'email-triage@3', moves: [] };
    const stages = [
      { stage: 'collect', reusedFrom: null, reason: 'always done: sources may have changed' },
      { stage: 'curate', reusedFrom: 'run-4', reason: 'the same inputs as in run-4' },
      { stage: 'fine-tune', reusedFrom: null, reason: 'no run has done it with the same inputs' },
    ];
    const assuming = { runId: 'run-5', at: new Date().toISOString() };
    const { stdout } = await plan([], await apiThatAnswers(200, alias, { assuming, stages }));
    expect(stdout).toMatch(/champion +email-triage@3$/m);
    expect(stdout).toMatch(/reused +curate: the same inputs as in run-4$/m);
    expect(stdout).toContain('if the sources hold what run-5 read');
    expect(stdout).toContain('fine-tune would be done: no run has done it with the same inputs');
    expect(asked).toEqual(['GET /v1/aliases/email-triage', 'POST /v1/runs/preview']);
  });

  it('says that it would be the first release where the api knows no such alias', async () => {
    const { stdout } = await plan([], await apiThatAnswers(404, { title: 'No', status: 404, code: 'NOT_FOUND' }));
    expect(stdout).toContain('none yet: this would be the first release');
  });

  it('needs no api', async () => {
    const { exitCode, stdout } = await plan([]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('not asked: No Assay api answers');
    expect(stdout).toMatch(/reused +not known: No Assay api answers/);
  });
});

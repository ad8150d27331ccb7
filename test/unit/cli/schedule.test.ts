import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { digestBytes } from '../../../domain/evidence/canonical.js';
import { recordedTerminal } from './recorded-terminal.js';

const text = 'Answer with one word.';
const prompt = {
  id: 'sort@1',
  name: 'sort',
  number: 1,
  digest: digestBytes(text),
  author: 'ada',
  pushedAt: '2026-03-01T00:00:00.000Z',
  aliases: [],
  text,
};

it('a schedule is made of a lifecycle file that names a registered prompt', async () => {
  const asked: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body });
      response.writeHead(200, { 'content-type': 'application/json' });
      const change = { commandId: 'c-1', scheduleId: 'nightly', kind: 'create' };
      response.end(JSON.stringify(request.method === 'GET' ? prompt : change));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'assay-schedule-'));
  const overlay = join(folder, 'registered.yaml');
  await writeFile(overlay, 'model: { prompt: sort@1 }\n');
  const terminal = recordedTerminal();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = { ASSAY_HOME: '/nonexistent/assay', ASSAY_API_URL: url };
  const files = ['-f', 'examples/prompt-only/assay.yaml', '-f', overlay];
  const timing = ['--cron', '30 2 * * *', '--time-zone', 'UTC'];
  const exitCode = await runProgram(['schedule', 'create', 'nightly', ...files, ...timing], environment, terminal);
  server.close();
  await rm(folder, { recursive: true });
  expect(terminal.stderr.join('\n')).not.toContain('✗');
  expect(exitCode).toBe(0);
  expect(asked.map(({ path }) => path)).toEqual(['/v1/prompts/sort%401', '/v1/schedules']);
  expect(JSON.parse(asked[1]!.body)).toMatchObject({ plan: { model: { prompt: { from: 'sort@1', text } } } });
});

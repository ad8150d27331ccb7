import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

let folder: string;
const example = (content: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content },
      { role: 'assistant', content: 'ham' },
    ],
  });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-check-'));
  const lines = Array.from({ length: 12 }, (_, number) => example(`mail number ${number}`));
  await writeFile(join(folder, 'good.jsonl'), `${lines.join('\n')}\n`);
  await writeFile(join(folder, 'bad.jsonl'), `${[...lines, 'half {"a', example('')].join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function check(...argv: string[]) {
  const terminal = recordedTerminal();
  const exitCode = await runProgram(['check', ...argv], { ASSAY_HOME: '/nonexistent/assay' }, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('assay check', () => {
  it('counts, knows the limit and the dates, and quotes', async () => {
    const { exitCode, stdout } = await check(join(folder, 'good.jsonl'), '--base', 'gpt-4.1-mini', '--price', '5 USD');
    expect(stdout).toContain('12 examples, 192 tokens, the longest 16 (line 1)');
    expect(stdout).toContain('65536 tokens an example');
    expect(stdout).toContain('0.00288 USD: 192 tokens × 3 epochs at 5000000 micro-dollars a million tokens');
    expect(stdout).toContain('no new jobs after 2027-01-06; what it makes is served until 2027-01-14');
    expect(exitCode).toBe(0);
  });

  it('answers no with every line that would be refused', async () => {
    const { exitCode, stdout } = await check(join(folder, 'bad.jsonl'), '--base', 'some/model');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ training line 13 is not JSON\n✗ training line 14 has an empty message 1');
    expect(stdout).toContain('estimated with o200k_base');
    expect(stdout).toContain('not known: give the price with --price');
  });

  it('gives the same as one object, and refuses what it cannot read', async () => {
    const { stdout } = await check(join(folder, 'bad.jsonl'), '--base', 'gpt-4o', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'NO', limit: 65_536, problems: { length: 2 } });
    expect((await check(join(folder, 'none.jsonl'), '--base', 'gpt-4o')).exitCode).toBe(3);
    expect((await check(join(folder, 'good.jsonl'), '--base', 'gpt-4o', '--price', '5 EUR')).exitCode).toBe(2);
    expect((await check(join(folder, 'good.jsonl'))).exitCode).toBe(2);
  });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { verifierKey } from '../../../domain/audit/signed-note.js';
import { ORIGIN, eventOf, exportOf, noteOver, testKey } from '../../support/exported-log.js';
import { recordedTerminal } from './recorded-terminal.js';

const events = (count: number) => Array.from({ length: count }, (_, index) => eventOf(index));
const VKEY = verifierKey(ORIGIN, testKey(1));

describe('assay audit verify', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-verify-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, lines: readonly string[]): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  }

  /** Without api and token. */
  async function verify(...argv: string[]) {
    const terminal = recordedTerminal();
    const environment = { ASSAY_HOME: join(folder, 'home'), ASSAY_API_URL: 'http://127.0.0.1:1' };
    const exitCode = await runProgram(['audit', 'verify', ...argv], environment, terminal);
    return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
  }

  it('says of a bare file how far it is consistent and what it cannot exclude', async () => {
    const file = await write('a.jsonl', exportOf(events(12), { sizes: [5, 12] }));
    const { exitCode, stdout } = await verify(file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('consistent up to size 12; truncation not excluded');
    expect(stdout).toContain('(the word of the file)');
    expect(stdout).toContain('Give the key that you know with --key.');
  });

  it('holds a trusted checkpoint and a given key', async () => {
    const file = await write('a.jsonl', exportOf(events(12), { sizes: [5, 12] }));
    await writeFile(join(folder, 'head.note'), noteOver(events(9)));
    const { exitCode, stdout } = await verify(file, '--checkpoint', join(folder, 'head.note'), '--key', VKEY);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('consistent up to size 12; holds the trusted checkpoint of size 9');
    expect(stdout).toContain('Entries cut off after the last one: a trusted checkpoint says only that there were 9.');
    expect(stdout).not.toContain('the word of the file');
  });

  it('names the entry that was edited, as text and as JSON', async () => {
    const lines = exportOf(events(12), { sizes: [5, 12] });
    const file = await write(
      'a.jsonl',
      lines.map((line) => line.replace('"subject":"run-7"', '"subject":"run-8"')),
    );
    const { exitCode, stdout } = await verify(file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ Entry 7 does not say what was chained');
    const json = JSON.parse((await verify(file, '--json')).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ ok: false, code: 'NO', entries: 12, problems: [{ kind: 'content', from: 7, to: 7 }] });
  });

  it('remembers the last checkpoint of each log, and refuses one that was cut back or forked since', async () => {
    const whole = await write('whole.jsonl', exportOf(events(12), { sizes: [5, 12] }));
    const cut = await write('cut.jsonl', exportOf(events(8), { sizes: [5, 8] }));
    const fork = await write('fork.jsonl', exportOf([...events(11), ...[50, 51, 52].map(eventOf)], { sizes: [14] }));
    expect((await verify(cut)).exitCode).toBe(0);
    const first = await verify(whole);
    expect(first.stdout).toContain('consistent up to size 12; holds the checkpoint of size 8 seen here before');
    const second = await verify(cut);
    expect(second.exitCode).toBe(1);
    expect(second.stdout).toContain(
      'The log was cut back: it has 8 entries, the checkpoint seen here before of size 12',
    );
    const third = await verify(fork);
    expect(third.exitCode).toBe(1);
    expect(third.stdout).toContain(
      'A fork: entries 0 to 11 are not those of the checkpoint seen here before of size 12.',
    );
    expect((await verify(cut, '--no-memory')).exitCode).toBe(0);
  });

  it('keeps nothing of a file that does not verify', async () => {
    const bad = exportOf(events(12), { sizes: [12] }).map((line) => line.replace('"run-7"', '"run-8"'));
    await verify(await write('bad.jsonl', bad));
    const shorter = await write('good.jsonl', exportOf(events(5), { sizes: [5] }));
    expect((await verify(shorter)).exitCode).toBe(0);
  });

  it('does not pass over a memory that it cannot read', async () => {
    const file = await write('a.jsonl', exportOf(events(3), { sizes: [3] }));
    await verify(file);
    const seen = join(folder, 'home', 'audit', 'seen');
    const [name] = await readdir(seen);
    expect(await readFile(join(seen, name!), 'utf8')).toContain(ORIGIN);
    await writeFile(join(seen, name!), 'half {');
    const { exitCode, stderr } = await verify(file);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the last checkpoint seen of this log');
  });

  it('refuses what is no export, no key or no file', async () => {
    expect((await verify(await write('bad.jsonl', ['{"a":1}']))).exitCode).toBe(2);
    expect((await verify(join(folder, 'none.jsonl'))).exitCode).toBe(3);
    const file = await write('a.jsonl', exportOf(events(3), { sizes: [3] }));
    const { exitCode, stderr } = await verify(file, '--key', 'assay/example+00000000+AAAA');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('This is no verifier key');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/program.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';
import { recordedTerminal } from '../unit/cli/recorded-terminal.js';

describe('assay tasks', () => {
  let api: ApiUnderTest;
  let listening: Listening;
  let folder: string;
  let eva: string;
  beforeAll(async () => {
    api = await openApi();
    eva = await addPerson(api.opened.db, { id: 'eva', project: PROJECT, roles: ['risk'] });
    listening = await listen(api.fetch, { host: '127.0.0.1', port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'assay-tasks-'));
  });
  afterAll(async () => {
    await listening.close();
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function assay(token: string, ...argv: string[]) {
    const terminal = recordedTerminal();
    const connection = ['--api-url', listening.url, '--token', token, '--home', folder];
    const exitCode = await runProgram(['tasks', ...argv, ...connection], {}, terminal);
    return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
  }
  const label = ['--kind', 'label', '--title', 'Spam?', '--subject', 'served-1', '--question', 'Spam or ham?'];
  const twice = ['--choices', 'spam,ham', '--roles', 'risk', '--answers', '2', '--adjudicators', 'legal'];

  async function open(...more: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await assay(api.tokens.ada, 'open', ...label, ...twice, ...more, '--json');
    expect(exitCode, stderr).toBe(0);
    return (JSON.parse(stdout) as { tasks: { id: string }[] }).tasks[0]!.id;
  }

  it('asks, shows whom it waits for, and says by its exit code that others have to answer', async () => {
    const id = await open();
    expect((await assay(eva, '--mine')).stdout).toMatch(new RegExp(`→ +${id} .* 0 of 2 +due in 6 d`));
    expect(await assay(api.tokens.leo, '--mine')).toMatchObject({ exitCode: 0, stdout: 'nothing waits for you' });
    expect((await assay(eva, 'show', id)).exitCode).toBe(0);
    expect((await assay(api.tokens.leo, 'show', id)).exitCode).toBe(8);
    const first = await assay(eva, 'answer', id, 'spam', '--reason', 'asks for a password');
    expect(first).toMatchObject({ exitCode: 8, stderr: expect.stringMatching(/^signed \(/) });
    expect(first.stdout).toMatch(/not for you: you have answered/);
    const second = await assay(api.tokens.ruth, 'answer', id, 'spam', '--json');
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({ ok: true, task: { state: 'answered', answer: 'spam' } });
    expect((await assay(api.tokens.leo, 'show', id)).stdout).toMatch(/eva +spam: asks for a password/);
  });

  it('asks many from a file and says how far two people agree', async () => {
    const file = join(folder, 'labels.jsonl');
    const form = { question: 'Spam or ham?', choices: ['spam', 'ham'], adjudicators: ['legal'] };
    const task = {
      kind: 'label',
      title: 'Spam?',
      form,
      candidates: { roles: ['risk'] },
      answersNeeded: 2,
      batch: 'w1',
    };
    const lines = ['a', 'b', 'c'].map((subject) => JSON.stringify({ ...task, subject }));
    await writeFile(file, lines.join('\n'));
    const opened = await assay(api.tokens.ada, 'open', '--file', file, '--json');
    const ids = (JSON.parse(opened.stdout) as { tasks: { id: string }[] }).tasks.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    for (const [at, id] of ids.entries()) {
      await assay(eva, 'answer', id, at === 0 ? 'spam' : 'ham');
      await assay(api.tokens.ruth, 'answer', id, 'ham');
    }
    const agreement = await assay(api.tokens.ada, 'agreement', 'w1');
    expect(agreement.stdout).toMatch(/agreement +66\.7 %/);
    expect(agreement.stdout).toMatch(/Cohen's kappa +0\.000/);
    expect(agreement.stdout).toMatch(/too few: 3 of at least 30/);
    expect((await assay(api.tokens.ada, 'agreement', 'w9')).exitCode).toBe(3);
    await writeFile(file, `${lines[0]}\n{"half":`);
    expect(await assay(api.tokens.ada, 'open', '--file', file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/line 2, is not JSON/),
    });
  });

  it('sends whoever answers an approval to the command that signs it', async () => {
    const { id } = await seedRequest(api.opened.db, await seedRun(api.opened.db));
    expect(await assay(api.tokens.ruth, 'answer', `approve-${id}`, 'yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`assay approve ${id}`),
    });
    expect(await assay(api.tokens.leo, 'answer', `waive-${id}-QD3`, 'yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`assay waive ${id} QD3`),
    });
  });

  it('keeps to what the api says: who is not asked, what is no choice, what is not there', async () => {
    const id = await open();
    expect((await assay(api.tokens.leo, 'answer', id, 'spam')).exitCode).toBe(5);
    expect((await assay(eva, 'answer', id, 'eggs')).exitCode).toBe(2);
    expect((await assay(eva, 'show', 'task-0')).exitCode).toBe(3);
    await assay(eva, 'answer', id, 'spam');
    expect((await assay(eva, 'answer', id, 'ham')).exitCode).toBe(4);
    expect((await assay(api.tokens.ada, 'open', '--kind', 'label')).exitCode).toBe(2);
  });

  it('goes on where a list ended', async () => {
    await open();
    await open();
    const first = await assay(api.tokens.ada, 'list', '--limit', '1');
    const cursor = /--cursor (\S+)/.exec(first.stderr)?.[1] ?? '';
    const second = await assay(api.tokens.ada, 'list', '--limit', '1', '--cursor', cursor);
    expect(second.stdout).not.toBe(first.stdout);
    expect(second.stdout.split('\n')).toHaveLength(1);
  });
});

import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { templateFiles } from '../../../cli/init/template-files.js';
import { TEMPLATE_NAMES } from '../../../cli/init/templates.js';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const terminal = recordedTerminal();
  const exitCode = await runProgram(argv, {}, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('assay init', () => {
  it.each(TEMPLATE_NAMES)('writes a lifecycle without problems from %s', async (template) => {
    const target = join(folder, 'new', 'lifecycle');
    expect(await run('init', target, '--template', template)).toMatchObject({ exitCode: 0 });
    expect(await run('config', 'validate', '-f', join(target, 'assay.yaml'))).toMatchObject({ exitCode: 0 });
    expect(await run('plan', '--offline', '-f', join(target, 'assay.yaml'))).toMatchObject({ exitCode: 0 });
  });

  it.each(TEMPLATE_NAMES)('puts the schema for editors beside the file of %s', async (template) => {
    await run('init', folder, '--template', template);
    const [head] = (await readFile(join(folder, 'assay.yaml'), 'utf8')).split('\n');
    expect(head).toBe('# yaml-language-server: $schema=./assay.schema.json');
    expect(await readFile(join(folder, 'assay.schema.json'), 'utf8')).toBe(
      await readFile('domain/lifecycle-file/assay.schema.json', 'utf8'),
    );
  });

  it.each(TEMPLATE_NAMES)('leaves nothing of %s that points at the examples', async (template) => {
    for (const [path, text] of await templateFiles(template, 'teams/mine')) {
      expect(`${path} ${text}`).not.toContain('examples/');
    }
  });

  it('addresses data from where the worker runs', async () => {
    const file = async (way: string) => (await templateFiles('own-files', way)).get('assay.yaml');
    expect(await file('')).toContain('uri: file:./data\n');
    expect(await file('teams/mine')).toContain('uri: file:./teams/mine/data\n');
  });

  it('writes over nothing, lists all that is in the way, and ends with 4', async () => {
    await writeFile(join(folder, 'assay.yaml'), 'mine');
    await mkdir(join(folder, 'tasks'));
    await symlink('/nonexistent', join(folder, 'tasks/sort.yaml'));
    const { exitCode, stderr } = await run('init', folder, '--template', 'own-files');
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`there already are ${folder}/assay.yaml, ${folder}/tasks/sort.yaml. Choose`);
    expect(await readFile(join(folder, 'assay.yaml'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['assay.yaml', 'tasks']);
  });

  it('is stopped by a file where the folder should be', async () => {
    await writeFile(join(folder, 'file'), 'mine');
    expect((await run('init', join(folder, 'file'), '--yes')).exitCode).toBe(4);
    expect((await run('init', join(folder, 'file/below'), '--yes')).exitCode).toBe(4);
  });

  it('asks nobody where there is no terminal', async () => {
    const { exitCode, stderr } = await run('init', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'Name a template: --template own-files, openai-compatible, self-hosted, email-triage, prompt-only',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the first template with --yes', async () => {
    const { stdout } = await run('init', folder, '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, template: 'own-files' });
  });

  it.each(['.hidden/lifecycle', 'with space'])('refuses %j, from which no source is read', async (name) => {
    const { exitCode, stderr } = await run('init', name, '--yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('No source is read from');
  });
});

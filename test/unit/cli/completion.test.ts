import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../cli/commands/index.js';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

async function scriptFor(shell: string): Promise<string> {
  const terminal = recordedTerminal();
  expect(await runProgram(['completion', shell], {}, terminal)).toBe(0);
  return terminal.stdout.join('\n');
}

/** What bash offers after a command line; the last word is the one that is being typed. */
function offered(script: string, ...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const probe = `COMP_WORDS=(assay ${line}); COMP_CWORD=${words.length}; _assay; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', `${script}\n${probe}`], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter((word) => word !== '');
}

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe('assay completion', () => {
  it.each([
    [['pla'], ['plan']],
    [['config', 'e'], ['explain']],
    [['config', 'validate', '--f'], ['--file']],
    [['--json', 'compl'], ['completion']],
    [['completion', 'f'], ['fish']],
    [['runs', '--status', 'pa'], ['paused']],
    [
      ['init', '--template', ''],
      ['own-files', 'openai-compatible', 'self-hosted', 'email-triage', 'prompt-only'],
    ],
    [['waive', 'request-1', 'QD3'], ['QD3']],
  ])('offers in bash after %j what fits: %j', async (words, expected) => {
    expect(offered(await scriptFor('bash'), ...words)).toEqual(expected);
  });

  it('leaves to the shell what is a file', async () => {
    expect(offered(await scriptFor('bash'), 'run', '-f', '')).toEqual([]);
    expect(await scriptFor('bash')).toContain('complete -o default');
  });

  it('does not offer what help does not list', async () => {
    expect(offered(await scriptFor('bash'), 'prov')).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])('names every listed command for %s', async (shell) => {
    const script = await scriptFor(shell);
    const host = { terminal: recordedTerminal(), environment: {}, exit: () => {} };
    const names = COMMANDS.filter(({ isHidden }) => isHidden !== true).map(({ make }) => make(host).name());
    expect(names.filter((name) => !script.includes(`' ${name}'`))).toEqual([]);
  });

  for (const shell of ['zsh', 'fish']) {
    it.skipIf(!isThere(shell))(`is a script that ${shell} can parse (needs ${shell} installed)`, async () => {
      const file = join(mkdtempSync(join(tmpdir(), 'assay-completion-')), `assay.${shell}`);
      writeFileSync(file, await scriptFor(shell));
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  }

  it('knows no other shell', async () => {
    const terminal = recordedTerminal();
    expect(await runProgram(['completion', 'csh'], {}, terminal)).toBe(2);
    expect(terminal.stderr.join('\n')).toContain('Allowed choices are bash, zsh, fish.');
  });
});

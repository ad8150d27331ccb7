import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

const EXAMPLE = 'examples/email-triage/assay.yaml';

async function run(...argv: string[]) {
  const terminal = recordedTerminal();
  const exitCode = await runProgram(argv, {}, terminal);
  return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
}

describe('assay config validate', () => {
  it('names the plan of a file without problems', async () => {
    const { exitCode, stdout } = await run('config', 'validate', '-f', EXAMPLE);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^email-triage has no problems · plan [0-9a-f]{12}$/);
  });

  it('tells every problem of a file with its place and ends with 2', async () => {
    const overlay = 'test/unit/cli/files/wrong.overlay.yaml';
    const { exitCode, stderr } = await run('config', 'validate', '-f', EXAMPLE, overlay);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The lifecycle file has 2 problems.');
    expect(stderr).toContain(`${overlay}:2:10 "soon" is not a duration`);
    expect(stderr).toContain(`${overlay}:3:1 Unknown key "bugdet". Did you mean "budget"?`);
  });

  it('tells them as one object with --json', async () => {
    const { exitCode, stdout } = await run('config', 'validate', '-f', 'nowhere.yaml', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      details: { problems: ['nowhere.yaml:1:1 Cannot read nowhere.yaml: there is no such file.'] },
    });
  });
});

describe('assay config explain', () => {
  it('shows type, meaning, keys and an example as YAML', async () => {
    const { exitCode, stdout } = await run('config', 'explain', 'deploy.rollout');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('deploy.rollout  list of mappings, required\n  The steps in which');
    expect(stdout).toMatch(/bake {5}duration, 0s where it is left out +How long/);
    expect(stdout).toContain('    rollout:\n      - traffic: 5\n        bake: 10m\n');
  });

  it('answers an unknown key with a suggestion and ends with 2', async () => {
    const { exitCode, stderr } = await run('config', 'explain', 'monitor.evry');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "every"?');
  });

  it('explains as one object with --json', async () => {
    const { stdout } = await run('config', 'explain', 'budget.limit', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, key: { type: 'amount of money', example: '200 USD' } });
  });
});

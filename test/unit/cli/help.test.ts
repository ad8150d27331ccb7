import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../cli/commands/index.js';
import { runProgram } from '../../../cli/program.js';
import { recordedTerminal } from './recorded-terminal.js';

const NAMES = COMMANDS.map(({ make }) =>
  make({ terminal: recordedTerminal(), environment: {}, exit: () => {} }).name(),
);

describe('the command line', () => {
  it('has every command that the README names', () => {
    const named = `abstain accounts api approvals approve audit cancel card check checklist completion config datasheet delegate delegations demo dev doctor fork gateway init limits login logout logs migrate models notifications pause plan policy prompts provider recreate reject request-changes resume retry run runs schedule show tasks tokens waive watch webhooks whoami withdraw worker`;
    expect(NAMES.toSorted()).toEqual(named.trim().split(/\s+/));
  });

  it.each(NAMES)('shows an example in the help of %s', async (name) => {
    const terminal = recordedTerminal();
    expect(await runProgram([name, '--help'], {}, terminal)).toBe(0);
    expect(terminal.stdout.join('\n')).toMatch(new RegExp(`Examples?:\\n  \\$ (\\S+=\\S+ )*assay ${name}`));
  });

  it('does not list the local provider, which only `assay dev` needs', async () => {
    const terminal = recordedTerminal();
    await runProgram(['--help'], {}, terminal);
    expect(terminal.stdout.join('\n')).not.toMatch(/^\s+provider/m);
  });

  it('leads to the help of the command that was typed', async () => {
    const terminal = recordedTerminal();
    expect(await runProgram(['webhooks', 'redeliver', 'webhook-1'], {}, terminal)).toBe(2);
    expect(terminal.stderr.join('\n')).toContain('(assay webhooks redeliver --help shows what there is)');
  });

  it('suggests the command that was meant', async () => {
    const terminal = recordedTerminal();
    expect(await runProgram(['aprove', 'request-1'], {}, terminal)).toBe(2);
    expect(terminal.stderr.join('\n')).toContain('Did you mean approve?');
  });

  it('answers a wrong command line with --json as one object', async () => {
    const terminal = recordedTerminal();
    expect(await runProgram(['show', 'pause', 'resume', 'cancel', '--json'], {}, terminal)).toBe(2);
    expect(JSON.parse(terminal.stdout.join('\n'))).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  it('takes only a question of the list', async () => {
    const terminal = recordedTerminal();
    const argv = ['waive', 'request-1', 'QD9', '--purpose', 'x', '--until', '2030-01-01', '--reason', 'long enough'];
    expect(await runProgram(argv, {}, terminal)).toBe(2);
    expect(terminal.stderr.join('\n')).toContain('QD1, QD2');
  });
});

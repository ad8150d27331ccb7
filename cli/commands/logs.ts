import { Command, Option } from 'commander';
import type { RunLogEntryView } from '../../domain/api/run-log.js';
import { STAGES } from '../../domain/kernel/states.js';
import { action, type CommandContext, type Host } from '../action.js';
import { followLog } from '../follow-log.js';
import { logLine } from '../log-lines.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { untilInterrupted } from '../until-interrupted.js';
import { examples } from './example.js';

interface LogsOptions {
  follow?: boolean;
  stage?: string;
  after?: string;
  json?: boolean;
}

export const logsCommand = (host: Host): Command =>
  new Command('logs')
    .description('what happened in a run, in order: state changes, what its training says, losses as they come')
    .argument('<run>', 'the id of the run')
    .option('--follow', 'wait for what follows, until the run has ended')
    .addOption(new Option('--stage <name>', 'of this stage only').choices(STAGES))
    .option('--after <cursor>', 'only what follows the entry of this cursor')
    .addHelpText('after', '\nWith --follow --json each entry is a line of its own; the outcome is the last line.\n')
    .addHelpText('after', examples('assay logs run-7 --follow', 'assay logs run-7 --stage fine-tune --json'))
    .action(action<LogsOptions, [string]>(host, (context, options, runId) => showLogs(context, runId, options)));

/** Ctrl-C ends the watching only, and says from where to go on. */
async function showLogs(
  { api, terminal }: CommandContext,
  runId: string,
  { follow = false, stage, after, json = false }: LogsOptions,
): Promise<CommandOutcome | { exitCode: number }> {
  const entries: RunLogEntryView[] = [];
  let last = after;
  const onEntry = (entry: RunLogEntryView): void => {
    last = entry.cursor;
    if (json && !follow) entries.push(entry);
    else terminal.result(json ? JSON.stringify(entry) : logLine(entry));
  };
  return untilInterrupted(
    async (signal) => {
      const next = await followLog(api(), { runId, stage, after, follow, onEntry, signal });
      return ok({ run: runId, ...(!follow && { entries }), next: next ?? null }, []);
    },
    () => {
      const options = [
        '--follow',
        ...(stage === undefined ? [] : ['--stage', stage]),
        ...(last === undefined ? [] : ['--after', last]),
      ];
      terminal.note(`The run goes on. Go on reading with: ${ownCommand()} logs ${runId} ${options.join(' ')}`);
    },
  );
}

import { Command } from 'commander';
import type { RunView } from '../../domain/api/run.js';
import type { RunStatus } from '../../domain/kernel/states.js';
import { action, type CommandContext, type Host } from '../action.js';
import { EXIT } from '../../domain/exit-codes.js';
import type { OutcomeCode } from '../exit-codes.js';
import { followRun } from '../follow-run.js';
import type { CommandOutcome } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { runLine, stageLine, waitingLine } from '../run-lines.js';
import { examples } from './example.js';

interface WatchOptions {
  wait: boolean;
}

export const watchCommand = (host: Host): Command =>
  new Command('watch')
    .description('follow a run: its stages, and what it waits for')
    .argument('<run>', 'the id of the run')
    .option('--no-wait', 'do not wait for people: end with code 8 when the run does')
    .addHelpText('after', examples('assay watch run-7', 'assay watch run-7 --no-wait --json'))
    .action(action<WatchOptions, [string]>(host, (context, options, runId) => watchRun(context, runId, options)));

/** Follows a run; Ctrl-C ends the watching only, and says how to go on. */
export async function watchRun(
  context: CommandContext,
  runId: string,
  { wait }: WatchOptions,
): Promise<CommandOutcome | { exitCode: number }> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const view = await followRun(context.api(), runId, {
      onChange: changePrinter(context),
      isEnough: (view) => !wait && isWaitingForPeople(view),
      signal: interrupt.signal,
    });
    return { code: OUTCOME_OF[view.status], data: { run: view }, lines: [runLine(view)] };
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    context.terminal.note(`The run goes on. Watch it again with: ${ownCommand()} watch ${runId}`);
    return { exitCode: EXIT.interrupted };
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

const OUTCOME_OF: Record<RunStatus, OutcomeCode> = {
  succeeded: 'OK',
  refused: 'NO',
  cancelled: 'NO',
  failed: 'UNDECIDED',
  requested: 'WAITING',
  running: 'WAITING',
  paused: 'WAITING',
};

const isWaitingForPeople = (view: RunView): boolean =>
  view.status === 'paused' || view.stages.some(({ status }) => status === 'waiting');

/** Prints each stage again when its status or what it waits for has changed. */
function changePrinter(context: CommandContext): (view: RunView) => Promise<void> {
  const seen = new Map<string, string>();
  return async (view) => {
    for (const stage of view.stages) {
      const state = `${stage.status} ${stage.waitingFor}`;
      if (seen.get(stage.stage) === state) continue;
      seen.set(stage.stage, state);
      context.terminal.note(stageLine(stage, Date.now()));
      if (stage.status === 'waiting' && view.approvalId !== null) {
        context.terminal.note(`  ${waitingLine(await context.api().approval(view.approvalId), Date.now())}`);
        context.terminal.note(`  ${ownCommand()} approvals ${view.approvalId}`);
      }
    }
  };
}

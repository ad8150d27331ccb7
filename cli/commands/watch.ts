import { Command } from 'commander';
import type { RunView } from '../../domain/api/run.js';
import type { RunStatus } from '../../domain/kernel/states.js';
import { action, type CommandContext, type Host } from '../action.js';
import type { OutcomeCode } from '../exit-codes.js';
import { followRun } from '../follow-run.js';
import type { CommandOutcome } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { runLine, stageLine, waitingLine } from '../run-lines.js';
import { drawStages } from '../stage-progress.js';
import { untilInterrupted } from '../until-interrupted.js';
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
export const watchRun = (
  context: CommandContext,
  runId: string,
  { wait }: WatchOptions,
): Promise<CommandOutcome | { exitCode: number }> =>
  untilInterrupted<CommandOutcome>(
    async (signal) => {
      const shown = context.terminal.isInteractive ? drawnStages(context) : printedStages(context);
      try {
        const isEnough = (view: RunView): boolean => !wait && isWaitingForPeople(view);
        const view = await followRun(context.api(), runId, { onChange: shown.show, isEnough, signal });
        return { code: OUTCOME_OF[view.status], data: { run: view }, lines: [runLine(view)] };
      } finally {
        await shown.end();
      }
    },
    () => context.terminal.note(`The run goes on. Watch it again with: ${ownCommand()} watch ${runId}`),
  );

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

interface ShownStages {
  show(view: RunView): Promise<void>;
  end(): Promise<void>;
}

/** Prints each stage again when its status or what it waits for has changed. */
function printedStages(context: CommandContext): ShownStages {
  const seen = new Map<string, string>();
  return {
    async show(view) {
      for (const stage of view.stages) {
        const state = `${stage.status} ${stage.waitingFor}`;
        if (seen.get(stage.stage) === state) continue;
        seen.set(stage.stage, state);
        context.terminal.note(stageLine(stage, Date.now()));
        if (stage.status !== 'waiting') continue;
        for (const line of await waitingLines(context, view)) context.terminal.note(`  ${line}`);
      }
    },
    end: async () => undefined,
  };
}

/** Lines that move. Whom the run waits for is told under them, in the words that others print. */
function drawnStages(context: CommandContext): ShownStages {
  const progress = drawStages();
  return {
    async show(view) {
      const stages = view.stages.map(async (stage) => {
        const lines = stage.status === 'waiting' ? await waitingLines(context, view) : [];
        return lines.length === 0 ? stage : { ...stage, waitingFor: lines.join(' · ') };
      });
      progress.show({ ...view, stages: await Promise.all(stages) });
    },
    end: progress.end,
  };
}

/** Whom a run waits for, and the command that shows what they are asked. */
async function waitingLines(context: CommandContext, view: RunView): Promise<string[]> {
  if (view.approvalId === null) return [];
  const approval = await context.api().approval(view.approvalId);
  return [waitingLine(approval, Date.now()), `${ownCommand()} approvals ${view.approvalId}`];
}

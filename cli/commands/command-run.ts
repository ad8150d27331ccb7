import { Command } from 'commander';
import type { CommandKind } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

const WHAT_IT_DOES: Record<CommandKind, string> = {
  pause: 'stop a run before its next stage; what is under way goes on to its end',
  resume: 'let a paused run go on',
  cancel: 'end a run: its training job is cancelled, its open request is void, its traffic goes back',
};

const commandRun =
  (kind: CommandKind) =>
  (host: Host): Command =>
    new Command(kind)
      .description(WHAT_IT_DOES[kind])
      .argument('<run>', 'the id of the run')
      .addHelpText('after', examples(`assay ${kind} run-7`))
      .action(
        action<object, [string]>(host, async (context, _options, runId) => {
          const { commandId } = await context.api().command(runId, { kind });
          return ok({ runId, kind, commandId }, [`${kind} of ${runId} is on file (${commandId})`]);
        }),
      );

export const pauseCommand = commandRun('pause');
export const resumeCommand = commandRun('resume');
export const cancelCommand = commandRun('cancel');

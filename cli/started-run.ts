import type { StartedRun } from '../domain/api/run.js';
import type { CommandContext } from './action.js';
import { watchRun } from './commands/watch.js';
import { ok, type CommandOutcome } from './outcome.js';
import { ownCommand } from './own-command.js';

/** What a command answers that has started a run: at once, or with its end where it is to be watched. */
export async function startedRun(
  context: CommandContext,
  started: StartedRun & { recreates?: string },
  { watch = false }: { watch?: boolean | undefined },
): Promise<CommandOutcome | { exitCode: number }> {
  const { runId, isNew, recreates } = started;
  const aim = recreates === undefined ? '' : `: it makes ${recreates} again`;
  const line = `${runId} ${isNew ? 'started' : 'was started before'}${aim}`;
  if (watch) {
    context.terminal.note(`run ${line}`);
    return watchRun(context, runId, { wait: true });
  }
  context.terminal.note(`Watch it with: ${ownCommand()} watch ${runId}`);
  return ok({ ...started }, [line]);
}

import { Command, Option } from 'commander';
import type { ForkRun, RunSummary, StartedFork } from '../../domain/api/run.js';
import { isLifecycleError, LifecycleError } from '../../domain/kernel/errors.js';
import { STAGES, type Stage } from '../../domain/kernel/states.js';
import { action, type CommandContext, type Host } from '../action.js';
import { columns } from '../columns.js';
import { confirm } from '../confirm.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { registeredBy } from '../registered.js';
import { ownCommand } from '../own-command.js';
import { sinceInWords } from '../time-words.js';
import { examples } from './example.js';
import { watchRun } from './watch.js';

interface ForkOptions {
  from?: Stage;
  file?: string[];
  failedIn?: Stage;
  name?: string;
  startKey?: string;
  reuse: boolean;
  yes?: boolean;
  watch?: boolean;
}

export const forkCommand = (host: Host): Command =>
  new Command('fork')
    .description('go on from a stage of a run in a new one; what came before is taken over with its evidence')
    .argument('[runs...]', 'the ids of the runs')
    .addOption(new Option('--from <stage>', 'this stage and what follows is done again').choices(STAGES))
    .option('-f, --file <path...>', 'a lifecycle file that holds from this stage on; later files lie over earlier ones')
    .addOption(new Option('--failed-in <stage>', 'all runs that failed there and were not forked yet').choices(STAGES))
    .option('--name <lifecycle>', 'with --failed-in: only runs of this lifecycle')
    .option('--start-key <key>', 'the same key is the same fork, so that a repeated call starts nothing twice')
    .option('--no-reuse', 'from there on do everything, also what other runs have done with the same inputs')
    .option('--yes', 'do not ask before forking what --failed-in found')
    .option('--watch', 'follow the new run to its end, where it is one')
    .addHelpText(
      'after',
      examples(
        'assay fork run-7 --from evaluate',
        'assay fork run-7 --from evaluate -f assay.yaml --watch',
        'assay fork --failed-in evaluate --name email-triage --yes',
      ),
    )
    .action(
      action<ForkOptions, [string[]]>(host, async (context, options, named) => {
        const found = await findRuns(context, options);
        const runIds = [...new Set([...named, ...found.map(({ id }) => id)])];
        if (runIds.length === 0) return nothingToFork(options);
        if (found.length > 0 && !(await mayFork(context, options, found))) return ok({ forks: [] }, ['nothing forked']);
        return forkAll(context, { ...options, from: requireFrom(options) }, runIds);
      }),
    );

/** Also for `retry`, which leaves it to the api where the run goes on. */
export async function forkAll(
  context: CommandContext,
  options: Omit<ForkOptions, 'failedIn' | 'name' | 'yes'>,
  runIds: readonly string[],
): Promise<CommandOutcome | { exitCode: number }> {
  const { from, file, startKey, reuse, watch } = options;
  const plan =
    file === undefined ? {} : { plan: { ...(await loadLifecycleFiles(file, registeredBy(context.api))).plan } };
  const asked: ForkRun = { ...plan, ...(from !== undefined && { from }), ...(!reuse && { reuse }) };
  const keyOf = (runId: string) => (startKey === undefined ? {} : { startKey: `${startKey}/${runId}` });
  const fork = (runId: string) => context.api().forkRun(runId, { ...asked, ...keyOf(runId) });
  const [only] = runIds;
  if (only === undefined || runIds.length > 1) return forkMany(runIds, fork);
  const forked = await fork(only);
  context.terminal.note(forkLine(forked));
  if (watch === true) return watchRun(context, forked.runId, { wait: true });
  context.terminal.note(`Watch it with: ${ownCommand()} watch ${forked.runId}`);
  return ok({ forks: [forked], refused: [] }, [forked.runId]);
}

/** One run that cannot be forked does not keep the others from it. */
async function forkMany(
  runIds: readonly string[],
  fork: (runId: string) => Promise<StartedFork>,
): Promise<CommandOutcome> {
  const forks: StartedFork[] = [];
  const refused: { runId: string; reason: string }[] = [];
  for (const runId of runIds) {
    try {
      forks.push(await fork(runId));
    } catch (error) {
      if (!isLifecycleError(error) || error.code === 'PROVIDER') throw error;
      refused.push({ runId, reason: error.message });
    }
  }
  const lines = [...forks.map(forkLine), ...refused.map(({ runId, reason }) => `${runId} was not forked: ${reason}`)];
  return { code: refused.length === 0 ? 'OK' : 'NO', data: { forks, refused }, lines };
}

const forkLine = ({ runId, isNew, forkedFrom }: StartedFork): string =>
  `${runId} ${isNew ? 'goes on' : 'went on before'} from ${forkedFrom.stage} of ${forkedFrom.runId}`;

/** The runs that failed in a stage, without those that another already goes on from. */
async function findRuns(context: CommandContext, { failedIn, name }: ForkOptions): Promise<RunSummary[]> {
  if (failedIn === undefined) return [];
  const { runs } = await context.api().runs({ name });
  const forked = new Set(runs.map(({ forkedFrom }) => forkedFrom?.runId));
  return runs.filter(({ id, status, stage }) => status === 'failed' && stage === failedIn && !forked.has(id));
}

async function mayFork(context: CommandContext, options: ForkOptions, found: RunSummary[]): Promise<boolean> {
  const now = Date.now();
  const rows = found.map(({ id, name, endedAt, reason }) => [
    id,
    name,
    endedAt === null ? '' : sinceInWords(endedAt, now),
    reason ?? '',
  ]);
  columns(rows).forEach((line) => context.terminal.note(line));
  const many = found.length === 1 ? 'this run' : `these ${found.length} runs`;
  const question = `Fork ${many} from ${requireFrom(options)}?`;
  return confirm(question, { yes: options.yes === true, terminal: context.terminal });
}

/** Where runs failed is where they go on, unless somebody says otherwise. */
function requireFrom({ from, failedIn }: ForkOptions): Stage {
  const stage = from ?? failedIn;
  if (stage !== undefined) return stage;
  throw new LifecycleError('INVALID_INPUT', 'Name the stage to go on from with --from, or use "assay retry".');
}

function nothingToFork({ failedIn }: ForkOptions): CommandOutcome {
  if (failedIn === undefined) throw new LifecycleError('INVALID_INPUT', 'Name a run, or give --failed-in <stage>.');
  return ok({ forks: [], refused: [] }, [`no run failed in ${failedIn} that was not forked yet`]);
}

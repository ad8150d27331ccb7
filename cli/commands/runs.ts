import { Command, Option } from 'commander';
import { RUN_STATUSES } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { sinceInWords } from '../time-words.js';
import { examples } from './example.js';

export const runsCommand = (host: Host): Command =>
  new Command('runs')
    .description('list runs, latest first')
    .addOption(new Option('--status <status>', 'only runs in this status').choices(RUN_STATUSES))
    .addHelpText('after', examples('assay runs', 'assay runs --status running --json'))
    .action(
      action<{ status?: string }, []>(host, async (context, { status }) => {
        const { runs } = await context.api().runs({ status });
        const now = Date.now();
        const rows = runs.map((run) => [
          run.id,
          run.name,
          run.status,
          run.stage ?? '',
          run.requestedBy,
          sinceInWords(run.createdAt, now),
          run.waitingFor ?? run.reason ?? '',
        ]);
        return ok({ runs }, runs.length === 0 ? ['no runs'] : columns(rows));
      }),
    );

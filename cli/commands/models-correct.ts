import { Command } from 'commander';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

interface CorrectOptions {
  alias: string;
  revision: string;
  effectiveAt?: string;
  never?: true;
  reason: string;
}

export const modelsCorrectCommand = (host: Host): Command =>
  new Command('correct')
    .description('say since when a move of an alias was so in truth; what was on file stays on file')
    .requiredOption('--alias <name>', 'the alias')
    .requiredOption('--revision <number>', 'of the move')
    .option('--effective-at <moment>', 'since when it was so, ISO 8601 with its offset')
    .option('--never', 'it never took effect')
    .requiredOption('--reason <text>', 'why, at least 10 characters')
    .addHelpText(
      'after',
      examples(
        'assay models correct --alias email-triage --revision 2 --effective-at 2026-03-03T11:58:00Z --reason "The gateway took the route two minutes before."',
      ),
    )
    .action(
      action<CorrectOptions, []>(host, async (context, { alias, revision, effectiveAt, never, reason }) => {
        if ((effectiveAt === undefined) === (never === undefined))
          throw new LifecycleError('INVALID_INPUT', 'Give --effective-at or --never, one of them.');
        const asked = { revision: Number(revision), effectiveAt: effectiveAt ?? null, reason };
        const correction = await context.api().correctAlias(alias, asked);
        const since = correction.effectiveAt === null ? 'never took effect' : `was so since ${correction.effectiveAt}`;
        return ok({ correction }, [`${alias}: revision ${correction.revision} ${since}, on file ${correction.at}`]);
      }),
    );

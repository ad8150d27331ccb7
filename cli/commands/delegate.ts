import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

interface DelegateOptions {
  to: string;
  role: string;
  from?: string;
  until: string;
  reason: string;
}

export const delegateCommand = (host: Host): Command =>
  new Command('delegate')
    .description('let somebody else sign for you in one role, for a time')
    .requiredOption('--to <person>', 'who signs for you')
    .requiredOption('--role <role>', 'the role of yours in which they sign')
    .option('--from <moment>', 'since when, ISO 8601; now where it is left out')
    .requiredOption('--until <moment>', 'until when: a day (its first moment in UTC), or a moment in ISO 8601')
    .requiredOption('--reason <text>', 'why, in at least ten characters')
    .addHelpText(
      'after',
      examples('assay delegate --to demo-mia --role legal --until 2026-12-24 --reason "on leave until Christmas"'),
    )
    .action(
      action<DelegateOptions, []>(host, async (context, { to, role, from, until, reason }) => {
        const asked = { to, role, until: moment(until), reason, ...(from !== undefined && { from: moment(from) }) };
        const given = await context.api().delegate(asked);
        return ok({ ...given }, [`${given.id}: ${plainText(to)} signs as ${role} for you until ${given.until}`]);
      }),
    );

/** A day stands for its first moment in UTC. */
const moment = (written: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T00:00:00Z` : written);

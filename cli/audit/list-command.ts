import { Command } from 'commander';
import type { AuditEntry } from '../../domain/api/audit.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { examples } from '../commands/example.js';
import { ok } from '../outcome.js';
import { readEntries, wholeNumber } from './entries.js';

export const auditListCommand = (host: Host): Command =>
  new Command('list')
    .description('print the entries in their order')
    .option('--after <index>', 'only entries after this one', wholeNumber)
    .addHelpText('after', examples('assay audit list --after 120', 'assay audit --json'))
    .action(
      action<{ after?: number }, []>(host, async (context, { after }) => {
        const entries: AuditEntry[] = [];
        for await (const entry of readEntries(context.api(), after)) entries.push(entry);
        return ok({ entries }, entries.length === 0 ? ['no entries'] : columns(entries.map(row)));
      }),
    );

function row({ leafIndex, event }: AuditEntry): string[] {
  if (event === null) return [String(leafIndex), '', '', '(another project)', ''];
  return [String(leafIndex), event.at, event.actor, event.action, event.subject];
}

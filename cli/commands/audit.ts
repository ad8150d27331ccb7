import { Command, InvalidArgumentError } from 'commander';
import type { AuditEntry } from '../../domain/api/audit.js';
import type { ApiClient } from '../api-client.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

interface AuditOptions {
  after?: number;
  export?: boolean;
}

export const auditCommand = (host: Host): Command =>
  new Command('audit')
    .description('read the audit log: who did what, when, on which evidence')
    .option('--after <index>', 'only entries after this one', wholeNumber)
    .option('--export', 'print every entry as a line of JSON, with the hash of its leaf')
    .addHelpText('after', examples('assay audit --after 120', 'assay audit --export > audit.jsonl'))
    .action(
      action<AuditOptions, []>(host, async (context, options) => {
        const entries = await allEntries(context.api(), options.after);
        if (options.export === true)
          return ok(
            { entries },
            entries.map((entry) => JSON.stringify(entry)),
          );
        return ok({ entries }, entries.length === 0 ? ['no entries'] : columns(entries.map(row)));
      }),
    );

async function allEntries(api: ApiClient, after: number | undefined): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let next: number | null | undefined = after; next !== null;) {
    const page = await api.audit({ after: next });
    entries.push(...page.entries);
    next = page.next;
  }
  return entries;
}

function row({ leafIndex, event }: AuditEntry): string[] {
  if (event === null) return [String(leafIndex), '', '', '(another project)', ''];
  return [String(leafIndex), event.at, event.actor, event.action, event.subject];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { examples } from '../commands/example.js';
import { ok } from '../outcome.js';

export const auditKeyCommand = (host: Host): Command =>
  new Command('key')
    .description("print the log's verifier key; keep it where whoever runs the log cannot change it")
    .addHelpText('after', examples('assay audit key', 'assay audit verify audit.jsonl --key "$(assay audit key)"'))
    .action(
      action<object, []>(host, async (context) => {
        const key = await context.api().auditKey();
        const earlier = key.keys.slice(1).map(({ vkey, since }) => [vkey, `used since ${since}`]);
        if (earlier.length > 0) context.terminal.note(['earlier keys:', ...columns(earlier)].join('\n'));
        return ok({ ...key }, [key.vkey]);
      }),
    );

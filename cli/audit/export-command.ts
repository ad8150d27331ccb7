import { open, rename } from 'node:fs/promises';
import { Command } from 'commander';
import { EXPORT_FORMAT, type ExportedLeaf, type ExportHeader } from '../../domain/audit/export-line.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { action, type Host } from '../action.js';
import type { ApiClient } from '../api-client.js';
import { examples } from '../commands/example.js';
import { ok } from '../outcome.js';
import { readCheckpoints, readEntries } from './entries.js';

export const auditExportCommand = (host: Host): Command =>
  new Command('export')
    .description('write the whole log with its checkpoints as one file, for "assay audit verify"')
    .option('-o, --output <file>', 'the file; default: stdout')
    .addHelpText('after', examples('assay audit export -o audit.jsonl', 'assay audit export | gzip > audit.jsonl.gz'))
    .action(
      action<{ output?: string; json?: boolean }, []>(host, async (context, { output, json }) => {
        if (output === undefined && json === true)
          throw new LifecycleError(
            'INVALID_INPUT',
            'An export is lines of JSON already: with --json, name a file by -o.',
          );
        const counts = { entries: 0, checkpoints: 0 };
        const lines = exportLines(context.api(), counts);
        if (output === undefined) {
          for await (const line of lines) context.terminal.result(line);
          return ok({ ...counts }, []);
        }
        await writeLines(output, lines);
        const written = `${counts.entries} entries and ${counts.checkpoints} checkpoints in ${output}`;
        return ok({ file: output, ...counts }, [written, `check it: assay audit verify ${output}`]);
      }),
    );

/** The header, then entries, each checkpoint behind the last entry that it signs. */
async function* exportLines(api: ApiClient, counts: { entries: number; checkpoints: number }): AsyncGenerator<string> {
  const { origin, keys } = await api.auditKey();
  const header: ExportHeader = { format: EXPORT_FORMAT, origin, keys };
  yield JSON.stringify(header);
  const checkpoints = readCheckpoints(api);
  let next = await checkpoints.next();
  for await (const { leafIndex, leafHash, event } of readEntries(api)) {
    const leaf: ExportedLeaf = { leafIndex, leafHash, event };
    yield JSON.stringify(leaf);
    counts.entries += 1;
    // Entries that are missing do not keep the checkpoints behind them from the file: verifying names them.
    while (next.done !== true && next.value.size <= leafIndex + 1) {
      yield JSON.stringify({ checkpoint: next.value.note });
      counts.checkpoints += 1;
      next = await checkpoints.next();
    }
  }
}

/** Whole or not at all: a file of an earlier export stays until the new one is complete. */
async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600).catch((cause: unknown) => {
    throw new LifecycleError('INVALID_INPUT', `Cannot write ${path}. Check the path.`, { path }, cause);
  });
  try {
    let batch: string[] = [];
    for await (const line of lines) {
      batch.push(line);
      if (batch.length < 500) continue;
      await file.write(`${batch.join('\n')}\n`);
      batch = [];
    }
    if (batch.length > 0) await file.write(`${batch.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

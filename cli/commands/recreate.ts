import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { startedRun } from '../started-run.js';
import { examples } from './example.js';

interface RecreateOptions {
  startKey?: string;
  watch?: boolean;
}

export const recreateCommand = (host: Host): Command =>
  new Command('recreate')
    .description('make a model version again from its pinned inputs, and grade it: A, B or C')
    .argument('<version>', 'a model version, as "assay models" lists them')
    .option('--start-key <key>', 'the same key is the same run, so that a repeated call starts nothing twice')
    .option('--watch', 'follow the run to its grade: 1 for grade C')
    .addHelpText(
      'after',
      `
A  datasets, weights and answers have the same digests
B  the same data, and every metric within the interval of the original
C  it was not possible, and why

It trains once more: the provider is paid as for any run. Nothing is released.
${examples('assay recreate email-triage@2 --watch')}`,
    )
    .action(
      action<RecreateOptions, [string]>(host, async (context, { startKey, watch }, versionId) => {
        const started = await context.api().recreate(versionId, startKey === undefined ? {} : { startKey });
        return startedRun(context, { ...started, recreates: versionId }, { watch });
      }),
    );

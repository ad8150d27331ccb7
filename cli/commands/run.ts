import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { loadLifecycleFiles } from '../load-lifecycle-files.js';
import { startedRun } from '../started-run.js';
import { examples } from './example.js';
import { registeredBy } from '../registered.js';

interface RunOptions {
  file: string[];
  startKey?: string;
  watch?: boolean;
  reuse: boolean;
}

export const runCommand = (host: Host): Command =>
  new Command('run')
    .description('start a run of a lifecycle')
    .requiredOption('-f, --file <path...>', 'the lifecycle file; later files lie over earlier ones')
    .option('--start-key <key>', 'the same key is the same run, so that a repeated call starts nothing twice')
    .option('--no-reuse', 'do every stage, also what another run has done with the same inputs')
    .option('--watch', 'follow the run to its end')
    .addHelpText('after', examples('assay run -f assay.yaml --watch', 'assay run -f assay.yaml -f demo.overlay.yaml'))
    .action(
      action<RunOptions, []>(host, async (context, { file, startKey, watch, reuse }) => {
        const { plan } = await loadLifecycleFiles(file, registeredBy(context.api));
        const api = context.api();
        const started = await api.startRun({
          plan: { ...plan },
          ...(startKey !== undefined && { startKey }),
          ...(!reuse && { reuse }),
        });
        return startedRun(context, started, { watch });
      }),
    );

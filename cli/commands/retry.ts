import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { examples } from './example.js';
import { forkAll } from './fork.js';

interface RetryOptions {
  startKey?: string;
  reuse: boolean;
  watch?: boolean;
}

export const retryCommand = (host: Host): Command =>
  new Command('retry')
    .description('go on where a failed or cancelled run stopped, with the same plan, in a new run')
    .argument('<runs...>', 'the ids of the runs')
    .option('--start-key <key>', 'the same key is the same retry, so that a repeated call starts nothing twice')
    .option('--no-reuse', 'from there on do everything, also what other runs have done with the same inputs')
    .option('--watch', 'follow the new run to its end, where it is one')
    .addHelpText('after', examples('assay retry run-7 --watch'))
    .action(action<RetryOptions, [string[]]>(host, (context, options, runIds) => forkAll(context, options, runIds)));

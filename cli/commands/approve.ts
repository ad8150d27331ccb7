import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { decideRequest, type DecideOptions } from '../decide.js';
import { examples } from './example.js';

export const approveCommand = (host: Host): Command =>
  new Command('approve')
    .description('approve a request: your signature binds exactly what is shown')
    .argument('<request>', 'the id of the request')
    .requiredOption('--reason <text>', 'why, in at least ten characters')
    .option('--role <role>', 'the role in which you sign, where you hold several')
    .option('--yes', 'sign without being asked')
    .addHelpText('after', examples('assay approve request-3 --role legal --reason "scores and data reviewed"'))
    .action(
      action<DecideOptions, [string]>(host, (context, options, id) =>
        decideRequest(context, id, { ...options, verdict: 'approve' }),
      ),
    );

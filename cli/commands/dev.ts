import { resolve } from 'node:path';
import { Command } from 'commander';
import { colours } from '../colours.js';
import { action, type Host } from '../action.js';
import { startDevStack, type DevStack } from '../dev/dev-stack.js';
import { spanInWords } from '../time-words.js';
import { ownCommand } from '../own-command.js';
import { examples } from './example.js';

export const devCommand = (host: Host): Command =>
  new Command('dev')
    .description('run all of Assay on this machine, with a Postgres and a Temporal server of its own')
    .addHelpText('after', examples('assay dev', 'ASSAY_TEMPORAL_ADDRESS=127.0.0.1:7233 assay dev'))
    .action(
      action<object, []>(host, async ({ terminal, home, config }) => {
        const startedAt = performance.now();
        terminal.note('starting Assay; its state is kept in ' + home);
        const stack = await startDevStack({ home, config, log: (line) => terminal.note(colours.dim(line)) });
        terminal.note(`ready after ${spanInWords(performance.now() - startedAt)}`);
        addresses(stack).forEach((line) => terminal.note(line));
        const where = resolve(home) === resolve('.assay') ? '' : ` --home ${home}`;
        terminal.note(`Ask it with: ${ownCommand()} runs --as demo-ada${where}. Stop it with Ctrl-C.`);
        // A signal stops the stack and ends the process.
        return new Promise<never>(() => {});
      }),
    );

const addresses = ({ apiUrl, gatewayUrl, providerUrl, temporalAddress }: DevStack): string[] => [
  `  console   ${apiUrl}/`,
  `  api       ${apiUrl}`,
  `  gateway   ${gatewayUrl}/v1`,
  `  provider  ${providerUrl}/v1`,
  `  Temporal  ${temporalAddress}`,
];

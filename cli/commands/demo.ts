import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { runDemo } from '../demo/demo.js';
import { examples } from './example.js';

interface DemoOptions {
  yes?: boolean;
  json?: boolean;
}

export const demoCommand = (host: Host): Command =>
  new Command('demo')
    .description('watch a model being made, judged, signed off, served, drifting and being replaced, on real mail')
    .option('--yes', 'let the demo identities sign by themselves; without a terminal they do')
    .addHelpText('after', examples('assay demo', 'assay demo --yes --json > result.json'))
    .action(
      action<DemoOptions, []>(host, (context, { yes, json }) =>
        runDemo(context, { yes: yes === true, isJson: json === true }),
      ),
    );

import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { checklistLines, checklistOutcome } from '../checklist-lines.js';
import { examples } from './example.js';

export const checklistCommand = (host: Host): Command =>
  new Command('checklist')
    .description('answer every question of the checklist for a model version: 1 where one fails, 7 where one is open')
    .argument('<version>', 'a model version, as "assay models" lists them')
    .addHelpText('after', examples('assay checklist email-triage@2', 'assay checklist email-triage@2 --json'))
    .action(
      action<object, [string]>(host, async (context, _options, versionId) => {
        const checklist = await context.api().checklist(versionId);
        return { code: checklistOutcome(checklist.answers), data: { checklist }, lines: checklistLines(checklist) };
      }),
    );

import { Command, Option } from 'commander';
import { printDatasheet } from '../../domain/documents/print-datasheet.js';
import { printModelCard } from '../../domain/documents/print-model-card.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { examples } from './example.js';

interface DocumentOptions {
  format: 'md' | 'json';
}

const documentCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<version>', 'a model version, as "assay models" lists them')
    .addOption(new Option('--format <format>', 'Markdown or JSON').choices(['md', 'json']).default('md'))
    .addHelpText(
      'after',
      examples(`assay ${name} email-triage@2 > ${name}.md`, `assay ${name} email-triage@2 --format json`),
    );

/** `data` for `--json`; as lines, the document alone. */
const documentLines = (document: object, { format }: DocumentOptions, print: () => string[]): string[] =>
  format === 'json' ? [JSON.stringify(document, null, 2)] : print();

export const cardCommand = (host: Host): Command =>
  documentCommand('card', 'print the model card of a version, generated from evidence').action(
    action<DocumentOptions, [string]>(host, async (context, options, versionId) => {
      const card = await context.api().modelCard(versionId);
      return ok(
        { card },
        documentLines(card, options, () => printModelCard(card)),
      );
    }),
  );

export const datasheetCommand = (host: Host): Command =>
  documentCommand('datasheet', "print the datasheet of a version's data, generated from evidence").action(
    action<DocumentOptions, [string]>(host, async (context, options, versionId) => {
      const sheet = await context.api().datasheet(versionId);
      return ok(
        { datasheet: sheet },
        documentLines(sheet, options, () => printDatasheet(sheet)),
      );
    }),
  );

import { dirname, isAbsolute } from 'node:path';
import { Command, Option } from 'commander';
import { action, type Host } from '../action.js';
import { chooseTemplate } from '../init/choose-template.js';
import { templateFiles } from '../init/template-files.js';
import { TEMPLATE_NAMES, TEMPLATES, type Template } from '../init/templates.js';
import { wayTo } from '../init/way-to.js';
import { writeNewFiles } from '../init/write-new-files.js';
import { ok } from '../outcome.js';
import { ownCommand } from '../own-command.js';
import { examples } from './example.js';

interface InitOptions {
  template?: Template;
  yes?: boolean;
}

export const initCommand = (host: Host): Command =>
  new Command('init')
    .description('write a lifecycle file to begin with, and what it points at; nothing is ever written over')
    .argument('[folder]', 'where to write', '.')
    .addOption(new Option('--template <name>', 'what to begin with').choices(TEMPLATE_NAMES))
    .option('--yes', `take ${TEMPLATE_NAMES[0]} without being asked`)
    .addHelpText('after', `\nTemplates:\n${TEMPLATE_NAMES.map(templateLine).join('\n')}\n`)
    .addHelpText('after', examples('assay init my-lifecycle --template own-files', 'assay init . --yes'))
    .action(
      action<InitOptions, [string]>(host, async ({ terminal }, { template: named, yes }, folder) => {
        const template = named ?? (await chooseTemplate({ yes: yes === true, terminal }));
        const files = await writeNewFiles(folder, await templateFiles(template, wayTo(folder)));
        const file = files.find((path) => path.endsWith('assay.yaml')) ?? '';
        ['Next:', ...nextSteps(template, file)].forEach((line) => terminal.note(line));
        return ok({ template, folder, files }, files);
      }),
    );

const templateLine = (name: Template): string => `  ${name.padEnd(18)} ${TEMPLATES[name].says}`;

function nextSteps(template: Template, file: string): string[] {
  const command = ownCommand();
  const where = file.startsWith('..') || isAbsolute(file) ? ' (started in that folder, where its data is)' : '';
  return [
    `${command} config validate -f ${file}`,
    `${command} plan -f ${file}`,
    ...waysToStart(template, { command, where, folder: dirname(file) }),
    `${command} run -f ${file}`,
  ].map((line) => `  ${line}`);
}

function waysToStart(template: Template, at: { command: string; where: string; folder: string }): string[] {
  const { command, where, folder } = at;
  switch (template) {
    case 'openai-compatible':
      return [
        `name the provider in ASSAY_PROVIDERS of "assay worker" and "assay gateway"${where}; "assay dev" knows only "local"`,
      ];
    case 'prompt-only':
      return [
        `${command} dev${where}`,
        `name a model that the provider serves in model.base of ${folder}/assay.yaml; "assay dev" serves only what was trained there`,
      ];
    case 'self-hosted':
      return [
        `python3 -m venv ${folder}/trainer/.venv && ${folder}/trainer/.venv/bin/pip install -r ${folder}/trainer/requirements.txt`,
        `ASSAY_COMMANDS=${folder}/commands.yaml ${command} dev${where}`,
        `${folder}/trainer/.venv/bin/python ${folder}/trainer/serve.py .assay/jobs/models`,
      ];
    default:
      return [`${command} dev${where}`];
  }
}

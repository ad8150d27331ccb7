import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { columns } from '../columns.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { diffLines, readPromptFile } from '../prompt-files.js';
import { examples } from './example.js';

export const promptsCommand = (host: Host): Command =>
  new Command('prompts')
    .description('keep prompts as versions; a lifecycle file names one as name@3 or name:alias')
    .addCommand(pushCommand(host))
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(diffCommand(host))
    .addCommand(aliasCommand(host))
    .addHelpText('after', examples('assay prompts push triage -f prompts/triage.md', 'assay prompts show triage:best'));

const pushCommand = (host: Host): Command =>
  new Command('push')
    .description('keep a text as the next version; the same text is the same version')
    .argument('<name>', 'the name of the prompt')
    .requiredOption('-f, --file <file>', 'the text')
    .addHelpText('after', examples('assay prompts push triage -f prompts/triage.md'))
    .action(
      action<{ file: string }, [string]>(host, async (context, { file }, name) => {
        const pushed = await context.api().pushPrompt(name, { text: await readPromptFile(file) });
        const isNewOrNot = pushed.isNew ? 'is new' : 'was there before';
        return ok({ ...pushed }, [`${pushed.id} ${isNewOrNot} · ${shortDigest(pushed.digest)}`]);
      }),
    );

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list the versions of all prompts, and the aliases that point at them')
    .addHelpText('after', examples('assay prompts list', 'assay prompts list --json'))
    .action(
      action<object, []>(host, async (context) => {
        const { prompts } = await context.api().prompts();
        const rows = prompts.map(({ id, digest, author, pushedAt, aliases }) => [
          id,
          shortDigest(digest),
          `by ${plainText(author)}`,
          pushedAt.slice(0, 10),
          aliases.join(', '),
        ]);
        return ok({ prompts }, rows.length === 0 ? ['no prompts'] : columns(rows));
      }),
    );

const showCommand = (host: Host): Command =>
  new Command('show')
    .description('print a version as it was pushed')
    .argument('<prompt>', 'triage@3, triage:best, or triage for the latest')
    .addHelpText('after', examples('assay prompts show triage:best', 'assay prompts show triage@3 --json'))
    .action(
      action<object, [string]>(host, async (context, _options, reference) => {
        const prompt = await context.api().prompt(reference);
        const named = prompt.aliases.length === 0 ? [] : [`alias ${prompt.aliases.join(', ')}`];
        context.terminal.note([prompt.id, shortDigest(prompt.digest), `by ${prompt.author}`, ...named].join(' · '));
        return ok({ prompt }, prompt.text.trimEnd().split('\n').map(plainText));
      }),
    );

const diffCommand = (host: Host): Command =>
  new Command('diff')
    .description('say in which lines two versions differ')
    .argument('<old>', 'triage@1')
    .argument('<new>', 'triage@2, or triage:best')
    .addHelpText('after', examples('assay prompts diff triage@1 triage@2'))
    .action(
      action<object, [string, string]>(host, async (context, _options, older, newer) => {
        const api = context.api();
        const [before, after] = [await api.prompt(older), await api.prompt(newer)];
        return ok({ from: before.id, to: after.id, isSame: before.digest === after.digest }, diffLines(before, after));
      }),
    );

const aliasCommand = (host: Host): Command =>
  new Command('alias')
    .description('names that authors give to versions; what is served moves only through an approval')
    .addCommand(
      new Command('set')
        .description('point an alias at a version, unless somebody has moved it meanwhile')
        .argument('<name>', 'the name of the prompt')
        .argument('<alias>', 'the alias, e.g. best')
        .argument('<number>', 'the number of the version')
        .option('--expect <revision>', "the alias's revision as you saw it; default: as it is now")
        .addHelpText('after', examples('assay prompts alias set triage best 3'))
        .action(
          action<{ expect?: string }, [string, string, string]>(
            host,
            async (context, { expect }, name, alias, number) => {
              const api = context.api();
              const { aliases } = await api.promptAliases(name);
              const now = aliases.find((one) => one.alias === alias)?.revision ?? 0;
              const expectedRevision = expect === undefined ? now : Number(expect);
              const set = await api.setPromptAlias(name, alias, { number: Number(number), expectedRevision });
              return ok({ ...set }, [`${name}:${alias} → ${name}@${set.number} (revision ${set.revision})`]);
            },
          ),
        ),
    )
    .addCommand(
      new Command('list')
        .description('say where the aliases of a prompt point')
        .argument('<name>', 'the name of the prompt')
        .addHelpText('after', examples('assay prompts alias list triage'))
        .action(
          action<object, [string]>(host, async (context, _options, name) => {
            const { aliases } = await context.api().promptAliases(name);
            const rows = aliases.map(({ alias, number, revision, author, at }) => [
              `${name}:${alias}`,
              `${name}@${number}`,
              `revision ${revision}`,
              `by ${plainText(author)}`,
              at.slice(0, 10),
            ]);
            return ok({ aliases }, rows.length === 0 ? [`no aliases of ${name}`] : columns(rows));
          }),
        ),
    )
    .addHelpText('after', examples('assay prompts alias set triage best 3', 'assay prompts alias list triage'));

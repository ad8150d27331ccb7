import type { CommandWords, Word } from './command-words.js';
import { fishQuote } from './shell-quote.js';

/** A script for fish: `assay completion fish | source`. */
export const fishScript = (commands: readonly CommandWords[]): string =>
  `# fish completion of assay
function __assay_at
    set -l at ''
    set -l given (commandline -opc)
    set -e given[1]
    for word in $given
        switch "$at $word"
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `            case ${fishQuote(` ${path}`)}\n                set at ${fishQuote(` ${path}`)}`)
  .join('\n')}
        end
    end
    test "$at" = "$argv[1]"
end
${commands.flatMap(completeLines).join('\n')}
`;

function completeLines({ path, subcommands, options, values, choices }: CommandWords): string[] {
  const here = `complete -c assay -n ${fishQuote(`__assay_at "${path === '' ? '' : ` ${path}`}"`)}`;
  return [
    ...subcommands.map(({ word, says }) => `${here} -a ${fishQuote(word)} -d ${fishQuote(says)}`),
    ...choices.map((word) => `${here} -a ${fishQuote(word)}`),
    ...options.map((option) => `${here} ${optionFlag(option, values[option.word])}`),
  ];
}

function optionFlag({ word, says }: Word, values: readonly string[] | undefined): string {
  const flag = word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`;
  return [flag, valueFlag(values), `-d ${fishQuote(says)}`].filter((part) => part !== '').join(' ');
}

function valueFlag(values: readonly string[] | undefined): string {
  if (values === undefined) return '';
  return values.length === 0 ? '-r' : `-x -a ${fishQuote(values.join(' '))}`;
}

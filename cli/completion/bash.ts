import type { CommandWords } from './command-words.js';
import { lead, pathCases } from './path-cases.js';
import { shellQuote } from './shell-quote.js';

/** A script for bash: `source <(assay completion bash)`. What it offers nothing for is completed as a file. */
export const bashScript = (commands: readonly CommandWords[]): string => `# bash completion of assay
_assay() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${pathCases(commands)}
    esac
  done
  case "$at $before" in
${commands.flatMap(valueCases).join('\n')}
    *)
      case "$at" in
${commands.map(wordCase).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _assay assay
`;

const valueCases = ({ path, values }: CommandWords): string[] =>
  Object.entries(values).map(
    ([flag, values]) => `    ${shellQuote(`${lead(path)} ${flag}`)}) words=${shellQuote(values.join(' '))} ;;`,
  );

function wordCase({ path, subcommands, options, choices }: CommandWords): string {
  const words = [...subcommands, ...options].map(({ word }) => word);
  return `        ${shellQuote(lead(path))}) words=${shellQuote([...choices, ...words].join(' '))} ;;`;
}

import type { CommandWords, Word } from './command-words.js';
import { lead, pathCases } from './path-cases.js';
import { shellQuote } from './shell-quote.js';

/** A script for zsh: `source <(assay completion zsh)` after compinit, or a file `_assay` in the fpath. */
export const zshScript = (commands: readonly CommandWords[]): string => `#compdef assay
_assay() {
  local at="" i
  local -a offered
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
${pathCases(commands)}
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${commands.flatMap(valueCases).join('\n')}
    *)
      case "$at" in
${commands.map(wordCase).join('\n')}
      esac ;;
  esac
  _describe assay offered || _files
}
if [ "\${funcstack[1]}" = "_assay" ]; then _assay "$@"; else compdef _assay assay; fi
`;

const valueCases = ({ path, values }: CommandWords): string[] =>
  Object.entries(values).map(
    ([flag, values]) => `    ${shellQuote(`${lead(path)} ${flag}`)}) offered=(${values.map(shellQuote).join(' ')}) ;;`,
  );

function wordCase({ path, subcommands, options, choices }: CommandWords): string {
  const words = [...choices.map((word) => ({ word, says: '' })), ...subcommands, ...options];
  return `        ${shellQuote(lead(path))}) offered=(${words.map(described).join(' ')}) ;;`;
}

const described = ({ word, says }: Word): string =>
  shellQuote(says === '' ? word.replaceAll(':', '\\:') : `${word.replaceAll(':', '\\:')}:${says}`);

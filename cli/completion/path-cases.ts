import type { CommandWords } from './command-words.js';
import { shellQuote } from './shell-quote.js';

/** A command's path as the scripts of bash and zsh keep it: each word after a blank, nothing for the program itself. */
export const lead = (path: string): string => (path === '' ? '' : ` ${path}`);

/** The branches of a `case`, the same in bash and zsh, that follow the words of a line down the tree of commands. */
export const pathCases = (commands: readonly CommandWords[]): string =>
  commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `      ${shellQuote(lead(path))}) at=${shellQuote(lead(path))} ;;`)
    .join('\n');

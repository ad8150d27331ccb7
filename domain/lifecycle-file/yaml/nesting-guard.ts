import { Lexer } from 'yaml';

const DEEPEST = 64;

/**
 * Whether a text nests deeper than any lifecycle file. Asked before parsing: the parser recurses, and Node ends the
 * whole process, uncatchably, when a regular expression is compiled on an exhausted stack.
 */
export function nestsTooDeep(text: string): boolean {
  let flow = 0;
  let onLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow--;
    else if (token.startsWith('\n') || token.startsWith('\r')) onLine = 0;
    else if (flow === 0 && (token === '-' || token === '?' || token === ':')) onLine++;
    if (flow > DEEPEST || onLine > DEEPEST) return true;
  }
  return false;
}

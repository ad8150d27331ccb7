import { Lexer } from 'yaml';

const DEEPEST_FLOW = 64;
/** Each level of block nesting begins at least one column further right. */
const FURTHEST_COLUMN = 256;
const MOST_KEYS_ON_LINE = 64;

/**
 * Whether a text nests deeper than any lifecycle file. Asked before parsing: the parser recurses, and Node ends the
 * whole process, uncatchably, when a regular expression is compiled on an exhausted stack.
 */
export function nestsTooDeep(text: string): boolean {
  let flow = 0;
  let column = 0;
  let keysOnLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === ':' && flow === 0) keysOnLine++;
    const isIndent = column === 0 && /^ +$/.test(token);
    if (isIndent && token.length > FURTHEST_COLUMN) return true;
    if ((token === '-' || token === '?') && flow === 0 && column > FURTHEST_COLUMN) return true;
    if (flow > DEEPEST_FLOW || keysOnLine > MOST_KEYS_ON_LINE) return true;
    const lineEnd = token.lastIndexOf('\n');
    if (lineEnd >= 0) keysOnLine = 0;
    column = lineEnd < 0 ? column + token.length : token.length - lineEnd - 1;
  }
  return false;
}

/** Elements whose content nobody reads; where they are not closed they reach to the end, as in a browser. */
const HIDDEN = new Set(['script', 'style', 'title']);

const BLOCK = new Set(
  'address article blockquote br center dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'.split(
    ' ',
  ),
);

/**
 * The visible text of HTML, however broken: one pass from left to right, never back, so that hostile markup costs no
 * more than its length. Block elements become line ends; links lose their address; nothing is interpreted.
 */
export function htmlToText(html: string): string {
  const lower = lowerAscii(html);
  const lastComment = html.lastIndexOf('-->');
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    parts.push(html.slice(at, open));
    const tag = readTag(lower, open, lastComment);
    if (BLOCK.has(tag.name)) parts.push('\n');
    else if (tag.name === 'td' || tag.name === 'th') parts.push(' ');
    else if (tag.name === '') parts.push('<');
    at = tag.end;
  }
  if (at < html.length) parts.push(html.slice(at));
  return tidy(decodeEntities(parts.join('')));
}

/** Lower case of the same length: of other letters some grow by it, and places would no longer fit. */
const lowerAscii = (text: string): string => text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());

interface Tag {
  /** Lower case; empty for a `<` that opens no tag. */
  name: string;
  /** Where the text goes on. */
  end: number;
}

function readTag(html: string, open: number, lastComment: number): Tag {
  // A comment that nothing closes ends with its tag, as the mail programs of old had it: else the mail would be empty.
  if (html.startsWith('<!--', open) && open <= lastComment - 4) return { name: '!', end: after(html, '-->', open + 4) };
  const name = /^<[/!?]?([a-z][a-z0-9]{0,30})/u.exec(html.slice(open, open + 40))?.[1];
  if (name === undefined && !html.startsWith('<!', open)) return { name: '', end: open + 1 };
  const end = after(html, '>', open);
  if (name === undefined || html[open + 1] === '/' || !HIDDEN.has(name)) return { name: name ?? '!', end };
  return { name, end: after(html, '>', after(html, `</${name}`, end)) };
}

/** The place behind the next `mark`, or the end of the text: what is not closed goes on to the end. */
function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  bull: '•',
  middot: '·',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  euro: '€',
  pound: '£',
  cent: '¢',
};

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/giu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    return fromCodePoint(typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16));
  });

const fromCodePoint = (code: number): string =>
  code === 0xa0 ? ' ' : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(/[ \t\r\f\v]+/u)
        .join(' ')
        .trim(),
    )
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

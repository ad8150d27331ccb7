/** Text from elsewhere as inert Markdown on one line: nothing in it is a link, an image, HTML or a table's edge. */
export const inline = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\p{C}/gu, '')
    .trim()
    .replace(/[\\`*[\]<>|]/g, String.raw`\$&`);

/** A table; cells are made inert. Without rows it is the sentence that says so. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string[] {
  if (rows.length === 0) return [none];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => inline(cell) || '–').join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)];
}

/** A heading with its lines below. */
export const section = (title: string, lines: readonly string[]): string[] => ['', `## ${title}`, '', ...lines];

/** `name: value` pairs as a list; what is null is said to be a gap. */
export const listed = (pairs: readonly (readonly [name: string, value: string | null])[], gap: string): string[] =>
  pairs.map(([name, value]) => `- ${name}: ${value === null ? `**${gap}**` : inline(value)}`);

/** `easy: 3, hard: 1`, or nothing. */
export const countsInWords = (counts: Readonly<Record<string, number | string>>): string =>
  Object.entries(counts)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');

/** Characters of a record's text that a model is shown; what is longer is cut. */
const TEXT_LIMIT = 20_000;

/**
 * Text as JSON, Postgres and a digest can hold it: line feeds only, no other control characters, no lone surrogates,
 * no blanks at the ends, at most 20,000 UTF-16 code units.
 */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
    .slice(0, TEXT_LIMIT)
    .replace(/\p{Surrogate}/gu, '\uFFFD');

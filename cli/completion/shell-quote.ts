/** A text as one word of bash or zsh. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A text as one word of fish, which knows escapes within quotes. */
export const fishQuote = (text: string): string => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;

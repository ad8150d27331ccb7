/** A check of one record's text: counts of what it found, by kind; never the found values themselves. */
export interface TextCheck {
  id: string;
  version: number;
  /** Kinds that were found, with how often; empty where there is nothing. */
  inspect(text: string): Record<string, number>;
}

/** A check that counts matches of patterns. The patterns are global and run in linear time. */
export const patternCheck = (id: string, version: number, patterns: Record<string, RegExp>): TextCheck => ({
  id,
  version,
  inspect: (text) => {
    const found: Record<string, number> = {};
    for (const [kind, pattern] of Object.entries(patterns)) {
      const count = text.match(pattern)?.length ?? 0;
      if (count > 0) found[kind] = count;
    }
    return found;
  },
});

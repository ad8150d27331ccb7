import type { DataRecord } from '../data-record.js';

/** As few poisoned records as an attack is known to need count in absolute numbers, not as a share of the set. */
const AT_LEAST = 10;

/** A trigger that stands in more of the set than this is a feature of it. */
const AT_MOST_SHARE = 0.05;

/** Strings that are no word: letters and digits mixed. Zero-width characters, which no reader sees. */
const MARK = /[\p{L}\p{N}_-]{5,40}/gu;
const IS_MIXED = /^(?=.*\p{L})(?=.*\p{N})/u;
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u{E0000}-\u{E007F}]/u;

export interface RepeatedMarks {
  /** Mixed strings in at least ten records (at most 5 % of the set), all of one label: how a planted trigger looks. */
  candidates: number;
  /** Records with zero-width characters. */
  invisible: number;
}

/**
 * Looks for the plainest marks of planted triggers. Finds none made of ordinary words, and finds harmless ones too
 * (tracking codes, quoted names of products): a number for a person to look into, not a verdict.
 */
export function findRepeatedMarks(records: readonly DataRecord[]): RepeatedMarks {
  const seen = new Map<string, { records: number; label: string | null }>();
  for (const { input, label } of records) {
    for (const mark of new Set(input.match(MARK))) {
      if (!IS_MIXED.test(mark)) continue;
      const before = seen.get(mark);
      const common = before === undefined || before.label === label ? label : null;
      seen.set(mark, { records: (before?.records ?? 0) + 1, label: common });
    }
  }
  const most = records.length * AT_MOST_SHARE;
  const candidates = [...seen.values()].filter(
    (mark) => mark.label !== null && mark.records >= AT_LEAST && mark.records <= most,
  );
  return {
    candidates: candidates.length,
    invisible: records.filter(({ input }) => INVISIBLE.test(input)).length,
  };
}

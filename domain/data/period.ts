import type { SourceSpec } from '../lifecycle-file/plan.js';
import type { ParsedRecord } from './parsed-record.js';
import type { UnusedReason } from './unused-record.js';

/**
 * Why a record does not belong to a source's period, or null where it does. `from` is included, `until` is not.
 * A time that only the sender wrote decides on no period: whoever sends a mail may date it as he likes.
 */
export function whyOutside(
  period: SourceSpec['period'],
  record: Pick<ParsedRecord, 'at' | 'atBasis'>,
): UnusedReason | null {
  if (period.from === null && period.until === null) return null;
  if (record.at === null) return 'period.no-time';
  if (record.atBasis === 'date') return 'period.sender-date-only';
  const at = Date.parse(record.at);
  const isInside =
    (period.from === null || at >= Date.parse(period.from)) && (period.until === null || at < Date.parse(period.until));
  return isInside ? null : 'period.outside';
}

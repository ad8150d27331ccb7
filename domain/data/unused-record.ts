import { BROKEN_REASONS } from './parsed-record.js';

/** Every reason for which a record is not used. */
export const UNUSED_REASONS = [
  ...BROKEN_REASONS,
  'period.outside',
  'period.no-time',
  'period.sender-date-only',
  'label.absent',
  'duplicate.exact',
  'duplicate.label-conflict',
  'split.not-asked',
  'split.no-time',
  'split.group-in-test',
  'split.group-in-validation',
] as const;
export type UnusedReason = (typeof UNUSED_REASONS)[number];

export interface UnusedRecord {
  source: string;
  path: string;
  reason: UnusedReason;
  /** For `duplicate.exact`: the record that stays. */
  kept?: { source: string; path: string };
}

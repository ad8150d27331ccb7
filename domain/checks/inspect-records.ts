import type { DataRecord } from '../data-record.js';
import { findRepeatedMarks, type RepeatedMarks } from './repeated-marks.js';
import type { TextCheck } from './text-check.js';
import { TEXT_CHECKS } from './text-checks.js';

/** How many records have a finding, in all and by kind; never the values. */
export interface FindingCounts {
  records: number;
  kinds: Record<string, number>;
}

export interface DataFindings {
  records: number;
  personalData: FindingCounts;
  copyright: FindingCounts;
  confidentiality: FindingCounts;
  secrets: FindingCounts;
  marks: RepeatedMarks;
}

/** Runs all checks over the records of the curated splits. */
export const inspectRecords = (records: readonly DataRecord[]): DataFindings => ({
  records: records.length,
  personalData: countFindings(TEXT_CHECKS.personalData, records),
  copyright: countFindings(TEXT_CHECKS.copyright, records),
  confidentiality: countFindings(TEXT_CHECKS.confidentiality, records),
  secrets: countFindings(TEXT_CHECKS.secrets, records),
  marks: findRepeatedMarks(records),
});

function countFindings(check: TextCheck, records: readonly DataRecord[]): FindingCounts {
  const kinds: Record<string, number> = {};
  let found = 0;
  for (const { input } of records) {
    const here = Object.keys(check.inspect(input));
    if (here.length > 0) found++;
    for (const kind of here) kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return { records: found, kinds };
}

import { z } from 'zod';
import { digestBytes } from '../evidence/canonical.js';
import type { BrokenReason, ParsedRecord } from './parsed-record.js';
import { plainText } from './plain-text.js';

/** Fields that Assay does not know are left alone: they are the source's business. */
const jsonRecord = z.object({
  input: z.string().min(1),
  at: z.iso.datetime({ offset: true }).nullish(),
  group: z.string().min(1).nullish(),
});

/** Reads a line `{"input": "…", "at"?: ISO 8601, "group"?: "…"}`. The group is kept as a digest. */
export function parseJsonLine(bytes: Uint8Array): Pick<ParsedRecord, 'input' | 'at' | 'atBasis' | 'group' | 'broken'> {
  const value = readJson(bytes);
  if (value === undefined) return broken('jsonl.not-json');
  const parsed = jsonRecord.safeParse(value);
  const input = parsed.success ? plainText(parsed.data.input) : '';
  if (!parsed.success || input === '') return broken('jsonl.not-a-record');
  const { at, group } = parsed.data;
  return {
    input,
    at: at ? new Date(at).toISOString() : null,
    atBasis: at ? 'record' : null,
    group: group ? digestBytes(`group:${group}`) : null,
    broken: null,
  };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const broken = (reason: BrokenReason) => ({ input: '', at: null, atBasis: null, group: null, broken: reason });

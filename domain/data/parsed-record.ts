import type { Digest } from '../kernel/digest.js';

/** Why a record could not be read. */
export const BROKEN_REASONS = [
  'mail.empty',
  'mail.too-large',
  'mail.no-headers',
  'mail.not-a-mail',
  'mail.no-date',
  'mail.empty-body',
  'mail.unreadable',
  'jsonl.not-json',
  'jsonl.not-a-record',
] as const;
export type BrokenReason = (typeof BROKEN_REASONS)[number];

/**
 * Whose word a record's time is: `received`, of the last mail server on the way; `date`, of the sender alone; `record`,
 * of the source's own field.
 */
export type AtBasis = 'received' | 'date' | 'record';

/** A raw record as Assay reads it, before any of the curation's rules. */
export interface ParsedRecord {
  /** The id of the source in the lifecycle file. `(source, path)` is the record's identity. */
  source: string;
  path: string;
  /** SHA-256 and length of the bytes as they came. */
  digest: Digest;
  bytes: number;
  /** What a model is shown; empty where the record is broken. */
  input: string;
  at: string | null;
  atBasis: AtBasis | null;
  group: string | null;
  broken: BrokenReason | null;
}

/** The order of text by its UTF-16 code units: the same on every machine. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

interface Identified {
  source: string;
  path: string;
}

export const compareIdentity = (left: Identified, right: Identified): number =>
  compareText(left.source, right.source) || compareText(left.path, right.path);

/** Oldest first, records without a time last; ties by path, then source. */
export const compareTime = (
  left: Identified & { at: string | null },
  right: Identified & { at: string | null },
): number =>
  compareText(left.at ?? NEVER, right.at ?? NEVER) ||
  compareText(left.path, right.path) ||
  compareText(left.source, right.source);

const NEVER = '\uffff';

import { z } from 'zod';
import type { EventContent } from './event-content.js';

/** The format of what `assay audit export` writes; a reader refuses another. */
export const EXPORT_FORMAT = 'assay-audit-log/1';

/** The first line. */
export interface ExportHeader {
  format: typeof EXPORT_FORMAT;
  origin: string;
  /** The keys that the server names, the present one first: the file's own word. */
  keys: { vkey: string; since: string }[];
}

/** An entry; `event` is null where whoever exported had no part in its project. */
export interface ExportedLeaf {
  leafIndex: number;
  leafHash: string;
  event: EventContent | null;
}

/** A checkpoint; it stands after the last entry that it signs. */
export interface ExportedCheckpoint {
  checkpoint: string;
}

const count = z.number().int().min(0);

export const headerSchema: z.ZodType<ExportHeader> = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  origin: z.string().min(1),
  keys: z.array(z.strictObject({ vkey: z.string(), since: z.string() })).min(1),
});

/** Strict: what is not under the leaf's hash has no place beside what is. */
const leafSchema = z.strictObject({
  leafIndex: count,
  leafHash: z.string().regex(/^[0-9a-f]{64}$/),
  event: z
    .strictObject({
      id: count,
      at: z.string(),
      project: z.string().nullable(),
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      details: z.record(z.string(), z.unknown()),
      eventKey: z.string(),
    })
    .nullable(),
});
const checkpointSchema = z.strictObject({ checkpoint: z.string() });

export const isLeaf = (value: unknown): value is ExportedLeaf => leafSchema.safeParse(value).success;
export const isCheckpoint = (value: unknown): value is ExportedCheckpoint => checkpointSchema.safeParse(value).success;

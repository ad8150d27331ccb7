import type { DataRecord } from '../data-record.js';
import { canonicalJson } from '../evidence/canonical.js';
import { createHash } from 'node:crypto';
import { merkleRoot } from '../evidence/merkle.js';
import type { Digest } from '../kernel/digest.js';

/** The shape of the records; part of every dataset's id. */
const SCHEMA = 'assay/data-record/v1';

export interface Dataset {
  id: Digest;
  /** In the order of their leaves: the lines of the dataset's artifact. */
  records: DataRecord[];
  /** For inclusion proofs: leaf 0 says schema and split, leaf n + 1 is the digest of record n. */
  leaves: Uint8Array[];
}

/**
 * The id of a selection of records under a split's name: the RFC 6962 root over the sorted SHA-256 digests (32 bytes
 * each, repeated ones repeat) of the records' canonical JSON, after a first leaf `{"schema":…,"split":…}`. File
 * formats, shards and the order of records are no part of it.
 */
export function datasetOf(split: string, records: readonly DataRecord[]): Dataset {
  const sorted = records
    .map((record) => ({ record, leaf: createHash('sha256').update(canonicalJson(record)).digest() }))
    .sort((left, right) => Buffer.compare(left.leaf, right.leaf));
  const leaves = [Buffer.from(canonicalJson({ schema: SCHEMA, split })), ...sorted.map(({ leaf }) => leaf)];
  return { id: merkleRoot(leaves), records: sorted.map(({ record }) => record), leaves };
}

/** How often each label stands in the records, labels in the order of their code units. */
export function countLabels(records: readonly DataRecord[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of records) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The dataset's artifact: a line of canonical JSON per record. */
export function* datasetLines(dataset: Pick<Dataset, 'records'>): Generator<Uint8Array> {
  for (const record of dataset.records) yield Buffer.from(`${canonicalJson(record)}\n`);
}

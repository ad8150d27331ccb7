import type { Digest } from './kernel/digest.js';

/** One labelled item, canonical: its digest is a leaf of the dataset's id. Lines of the datasets' JSONL artifacts. */
export interface DataRecord {
  /** What the model is shown. */
  input: string;
  /** What it is to answer. */
  label: string;
  /** The id of the source in the lifecycle file. */
  source: string;
  /** Path inside the source. */
  path: string;
  /** When it came about, ISO 8601 in UTC, by its own word; null where it does not say. */
  at: string | null;
  /** Records of one group (a mail thread) never stand on both sides of a split; null: a group of its own. */
  group: string | null;
}

/** A split of a curated dataset: a selection with an id of its own. */
export interface DatasetSplit {
  /** `train`, `validation`, or `test/<source id>`. */
  name: string;
  datasetId: Digest;
  records: number;
  labels: Record<string, number>;
  /** JSONL of `DataRecord`, in the order of their leaves. */
  artifact: Digest;
}

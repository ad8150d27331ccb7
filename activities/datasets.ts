import type { DataRecord, DatasetSplit } from '../domain/data-record.js';
import type { Digest } from '../domain/kernel/digest.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { TaskSpec } from '../domain/lifecycle-file/plan.js';
import type { ArtifactRef, ArtifactStore } from '../domain/ports/artifact-store.js';
import type { CurateResult } from './curate.js';

/** @throws LifecycleError NOT_FOUND */
export function splitNamed(curated: CurateResult, name: string): DatasetSplit {
  const split = curated.splits.find((candidate) => candidate.name === name);
  if (split) return split;
  const known = curated.splits.map((candidate) => candidate.name).join(', ');
  throw new LifecycleError('NOT_FOUND', `The dataset has no split '${name}'. It has: ${known}.`);
}

/** The name of the split that a task asks. */
export const splitAsked = ({ dataset }: TaskSpec): string =>
  dataset.split === 'test' ? `test/${dataset.source}` : dataset.split;

/** JSONL in the artifact store, line by line. */
export async function* readLines<T>(artifacts: ArtifactStore, artifact: Digest): AsyncIterable<T> {
  const text = (await artifacts.read(artifact)).toString('utf8');
  for (const line of text.split('\n')) {
    if (line !== '') yield JSON.parse(line) as T;
  }
}

export const readRecords = (artifacts: ArtifactStore, artifact: Digest): AsyncIterable<DataRecord> =>
  readLines<DataRecord>(artifacts, artifact);

export async function toArray<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

export function putLines(artifacts: ArtifactStore, rows: Iterable<unknown>): Promise<ArtifactRef> {
  return artifacts.put(encoded(rows));
}

function* encoded(rows: Iterable<unknown>): Iterable<Uint8Array> {
  for (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataRecord } from '../../../domain/data-record.js';
import { countLabels, datasetLines, datasetOf } from '../../../domain/data/dataset-id.js';
import { inclusionProof, leafHash } from '../../../domain/evidence/merkle.js';
import { verifyInclusion } from '../../../domain/evidence/merkle-verify.js';

const record = (path: string, label = 'ham'): DataRecord => ({
  input: 'text',
  label,
  source: 's',
  path,
  at: null,
  group: null,
});
const many = Array.from({ length: 20 }, (_, index) => record(`p/${index}`, index % 4 === 0 ? 'spam' : 'ham'));

test('a dataset has the same id in any order of its records', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(many, { minLength: many.length }), (shuffled) => {
      expect(datasetOf('train', shuffled)).toEqual(datasetOf('train', many));
    }),
  );
});

test('another split, a changed, a missing or a repeated record give another id', () => {
  const ids = [
    datasetOf('train', many),
    datasetOf('test/s', many),
    datasetOf('train', [...many.slice(1), record('p/0', 'ham')]),
    datasetOf('train', many.slice(1)),
    datasetOf('train', [...many, many[0] as DataRecord]),
    datasetOf('train', []),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(6);
});

test('the lines of the artifact stand in the order of the leaves, and each leaf can be proven', () => {
  const dataset = datasetOf('train', many);
  const lines = [...datasetLines(dataset)].map((line) => JSON.parse(Buffer.from(line).toString()) as DataRecord);
  expect(lines).toEqual(dataset.records);
  const [index, size] = [5, dataset.leaves.length];
  const claim = { leafHash: leafHash(dataset.leaves[index] as Uint8Array), index, size, root: dataset.id };
  expect(verifyInclusion({ ...claim, proof: inclusionProof(dataset.leaves, index) })).toBe(true);
});

test('counts labels', () => {
  expect(countLabels(many)).toEqual({ ham: 15, spam: 5 });
});

test('an id is a contract: it does not change from version to version', () => {
  expect(datasetOf('train', [record('p/1'), record('p/2')]).id).toMatchInlineSnapshot(
    `"sha256:e0fcfd2a4badb3d6ef55d185e6220ba4a360742953fe25b2836516fb0f1562e5"`,
  );
});

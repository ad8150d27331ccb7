import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS } from '../../providers/local/linear-ngram/features.js';
import { decodeWeights, encodeWeights, type LinearNgramWeights } from '../../providers/local/linear-ngram/weights.js';

/** A model of a few weights: `[bucket, value]` for the first label, the negative for the others. */
function model(labels: string[], entries: [number, number][]): LinearNgramWeights {
  const rows = new Float32Array(labels.length * BUCKETS);
  for (const [bucket, value] of entries) {
    labels.forEach((_, k) => (rows[bucket * labels.length + k] = k === 0 ? value : -value));
  }
  return { labels, bias: Float32Array.from(labels, (_, k) => k / 4), rows };
}

const small = model(
  ['ham', 'spam'],
  [
    [0, 0.5],
    [77, -1.25],
    [BUCKETS - 1, 3],
  ],
);

describe('the weights file', () => {
  it('gives back what was put in, whatever the labels and the buckets', () => {
    const labels = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 4 });
    const entry = fc.tuple(fc.nat({ max: BUCKETS - 1 }), fc.float({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(labels, fc.array(entry, { maxLength: 30 }), (labels, entries) => {
        const weights = model(labels, entries);
        const back = decodeWeights(encodeWeights(weights));
        expect(back.labels).toEqual(weights.labels);
        expect(back.bias).toEqual(weights.bias);
        expect(back.rows.every((value, at) => value === weights.rows[at])).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('gives equal bytes for equal weights and keeps no zero rows', () => {
    const bytes = encodeWeights(small);
    expect(bytes.equals(encodeWeights(decodeWeights(bytes)))).toBe(true);
    expect(bytes.length).toBeLessThan(BUCKETS / 8 + 200);
  });

  it('reads bytes that begin in the middle of a buffer', () => {
    const shifted = Buffer.concat([Buffer.from([1, 2, 3]), encodeWeights(small)]).subarray(3);
    expect(decodeWeights(shifted).labels).toEqual(['ham', 'spam']);
  });

  it('refuses a file that was cut anywhere', () => {
    const bytes = encodeWeights(small);
    const lengths = [0, 5, 15, 20, 60, 5000, bytes.length - 4, bytes.length - 1];
    for (const length of lengths) {
      expect(() => decodeWeights(bytes.subarray(0, length))).toThrow(/not a usable linear-ngram weights file/);
    }
  });

  it('refuses another kind of file, a later version, a strange header and numbers that are not finite', () => {
    const altered = (change: (bytes: Buffer) => void): Buffer => {
      const bytes = encodeWeights(small);
      change(bytes);
      return bytes;
    };
    expect(() => decodeWeights(altered((b) => b.write('GGUF')))).toThrow(/does not begin with ASSAYLNG/);
    expect(() => decodeWeights(altered((b) => b.writeUInt32LE(2, 8)))).toThrow(/version is 2/);
    expect(() => decodeWeights(altered((b) => b.write('[', 16)))).toThrow(/header is not JSON/);
    expect(() => decodeWeights(altered((b) => b.writeUInt32LE(0xffffffff, 12)))).toThrow(/cut short/);
    expect(() => decodeWeights(altered((b) => b.writeFloatLE(Number.NaN, b.length - 4)))).toThrow(/not finite/);
  });
});

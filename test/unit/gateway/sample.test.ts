import { describe, expect, it } from 'vitest';
import { sampleInput, sampleOutput } from '../../../server/gateway/sample.js';

describe('samples', () => {
  it('masks before it cuts, so that no half address is left', () => {
    const address = 'somebody.with.a.long.name@mail.example.com';
    for (const before of [3990, 7980, 7999]) {
      const sampled = sampleInput(`${'a '.repeat(before / 2)}${address}`);
      expect(sampled.length).toBeLessThanOrEqual(4000);
      expect(sampled).not.toContain('somebody');
    }
  });

  it('keeps little of an output and nothing that Postgres cannot hold', () => {
    expect(sampleOutput('x'.repeat(5000))).toHaveLength(200);
    expect(sampleOutput('a\0b\ud800c')).toBe('a\u{FFFD}b\u{FFFD}c');
  });

  it('is quick on an enormous input without a space', () => {
    const startedAt = performance.now();
    sampleInput('a@'.repeat(1_000_000));
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

import { describe, expect, it } from 'vitest';
import { detectDrift } from '../../../domain/drift/domain-classifier.js';
import { hashedWords } from '../../../domain/drift/hashed-words.js';
import { seededRandom, type Random } from '../../../domain/statistics/random.js';

const SYLLABLES = ['ba', 'co', 'di', 'fu', 'ge', 'ha', 'ki', 'lo', 'mu', 'ne', 'po', 'ra', 'si', 'tu', 've', 'zo'];

/** A word of two syllables, some of them far more frequent than others. */
function word(random: Random): string {
  const syllable = (): string => SYLLABLES[Math.floor(SYLLABLES.length * random.uniform() ** 2)] ?? '';
  return syllable() + syllable();
}

/** Texts of `words` words of which the share `novelty` says "offer". */
function texts(count: number, random: Random, { words = 25, novelty = 0 } = {}): string[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: words }, () => (random.uniform() < novelty ? 'offer' : word(random))).join(' '),
  );
}

describe('drift of input texts', () => {
  it('alarms without drift about as often as its confidence says', () => {
    const random = seededRandom('no drift');
    const alarms = Array.from({ length: 200 }, (_, seed) =>
      detectDrift({ reference: texts(90, random), current: texts(60, random), confidence: 0.9, seed }),
    ).filter(({ verdict }) => verdict === 'drift').length;
    // Binomial(200, 0.1) lies from 8 to 34 with a probability of 99.8 %.
    expect(alarms).toBeGreaterThanOrEqual(8);
    expect(alarms).toBeLessThanOrEqual(34);
  });

  it('finds a new word that half of the texts use', () => {
    const random = seededRandom('drift');
    const result = detectDrift({
      reference: texts(300, random),
      current: texts(200, random, { novelty: 0.027 }),
      confidence: 0.99,
      seed: 1,
    });
    expect(result.verdict).toBe('drift');
    expect(result.pValue).toBeLessThan(0.01);
    expect(result.interval?.[0]).toBeGreaterThan(0.5);
    expect(result).toMatchObject({ referenceItems: 300, currentItems: 200 });
  });

  it('says what it could have found', () => {
    const random = seededRandom('power');
    const power = (count: number): number | null =>
      detectDrift({ reference: texts(count, random), current: texts(count, random), confidence: 0.95, seed: 1 })
        .detectableAuc;
    expect(power(400)).toBeLessThan(power(60) ?? 0);
  });

  it('gives no verdict on fewer than fifty texts', () => {
    const random = seededRandom('few');
    const result = detectDrift({
      reference: texts(300, random),
      current: texts(49, random),
      confidence: 0.95,
      seed: 1,
    });
    expect(result).toMatchObject({ verdict: 'too-few', auc: null, pValue: null, currentItems: 49 });
  });

  it('gives the same answer for the same texts and seed, and finds nothing in equal texts', () => {
    const same = Array.from({ length: 120 }, () => 'the same words each time');
    const options = { reference: same, current: same, confidence: 0.95, seed: 'a' };
    expect(detectDrift(options)).toEqual(detectDrift(options));
    expect(detectDrift(options)).toMatchObject({ verdict: 'no-drift', auc: 0.5, pValue: 1 });
    expect(detectDrift({ ...options, current: same.map(() => 'other ones') }).verdict).toBe('drift');
  });

  it('looks at no more than 2,000 texts a side and takes less than two seconds for 600 against 1,500 of 3 KB', () => {
    const random = seededRandom('size');
    const [reference, current] = [texts(1500, random, { words: 600 }), texts(600, random, { words: 600 })];
    const started = process.cpuUsage();
    detectDrift({ reference, current, confidence: 0.95, seed: 1 });
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000); // Microseconds of this process alone.
    const many = Array.from({ length: 2100 }, (_, index) => `text ${index}`);
    expect(detectDrift({ reference: many, current, confidence: 0.95, seed: 1 }).referenceItems).toBe(2000);
  });
});

describe('hashed words', () => {
  it('ignores case, order, repetition and which digits a number has', () => {
    const sorted = (text: string): number[] => [...hashedWords(text)].sort((a, b) => a - b);
    expect(sorted('Meet at 10:30, MEET Anna')).toEqual(sorted('anna at 99.11 meet'));
    expect(sorted('größe')).not.toEqual(sorted('gr e'));
    expect(sorted(' ... ')).toEqual([]);
  });
});

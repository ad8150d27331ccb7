import { describe, expect, it } from 'vitest';
import { createGuessLimit } from '../../server/process/guess-limit.js';

describe('a limit on guesses', () => {
  it('stops an address after its failures until the window ends, and no other address', () => {
    let now = 0;
    const limit = createGuessLimit({ clock: () => now, most: 3, windowMilliseconds: 10_000 });
    for (let tried = 0; tried < 3; tried += 1) {
      expect(limit.waitSeconds('a', 'x')).toBeUndefined();
      limit.failed('a');
    }
    now = 4_500;
    expect(limit.waitSeconds('a', 'x')).toBe(6);
    expect(limit.waitSeconds('b', 'x')).toBeUndefined();
    now = 10_000;
    expect(limit.waitSeconds('a', 'x')).toBeUndefined();
    limit.failed('a');
    expect(limit.waitSeconds('a', 'x')).toBeUndefined();
  });

  it('stops no credential that has worked', () => {
    const limit = createGuessLimit({ clock: () => 0, most: 1 });
    limit.succeeded('known');
    limit.failed('a');
    expect(limit.waitSeconds('a', 'known')).toBeUndefined();
    expect(limit.waitSeconds('a', 'other')).toBe(60);
  });
});

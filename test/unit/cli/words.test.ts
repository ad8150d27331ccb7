import { describe, expect, it } from 'vitest';
import { columns } from '../../../cli/columns.js';
import { dueInWords, sinceInWords, spanInWords } from '../../../cli/time-words.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('words for people', () => {
  it('says how long something waits, and until when', () => {
    expect(sinceInWords('2026-03-01T09:00:00Z', NOW)).toBe('since 3 h');
    expect(dueInWords('2026-03-06T13:00:00Z', NOW)).toBe('due in 5 d');
    expect(dueInWords('2026-03-01T11:00:00Z', NOW)).toBe('overdue since 1 h');
  });

  it.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [9_400, '9.4 s'],
    [59_000, '59 s'],
    [61_000, '1 min'],
    [86_400_000, '1 d'],
  ])('says %i milliseconds as %s', (milliseconds, words) => {
    expect(spanInWords(milliseconds)).toBe(words);
  });

  it('pads cells to columns and keeps each row on one line', () => {
    expect(
      columns([
        ['a', 'bbb', 'c'],
        ['aaa', 'b\nb', ''],
      ]),
    ).toEqual(['a    bbb  c', 'aaa  b b']);
  });
});

import { describe, expect, test } from 'vitest';
import { maskText } from '../../../domain/evidence/masking.js';

describe('masking a sample', () => {
  test.each([
    ['Write to ann.lee+x@mail.example.com.', 'Write to [EMAIL]'],
    ['<ünal@example.com> or "odd name"@example.com', '<[EMAIL]> or "odd name"[EMAIL]'],
    ['see https://user@example.com/a?b=c now', 'see [URL] now'],
    ['www.example.com/x and HTTP://EXAMPLE.COM', '[URL] and [URL]'],
    ['mailto:ann@example.com', '[URL]'],
    ['from 192.0.2.17 by 2001:db8:0:1::5', 'from [IP] by [IP]'],
    ['call +1 (555) 010-0199 today', 'call [NUMBER] today'],
    ['order 12345678, ref A1234567', 'order [NUMBER], ref A[NUMBER]'],
    ['in 2002 at 10:30 for 5,000 people', 'in 2002 at 10:30 for 5,000 people'],
  ])('turns "%s" into "%s"', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test('takes no longer than the length of the text asks for', () => {
    const started = performance.now();
    for (const part of ['a', 'a.', 'a@', '1', '1 ', '1.', 'a:', 'http', 'www.', '(', '::'])
      maskText(part.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

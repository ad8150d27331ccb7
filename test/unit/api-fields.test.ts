import { describe, expect, it } from 'vitest';
import { momentField, plainTextField } from '../../domain/api/fields.js';

const saysOf = (result: { error?: { issues: { message: string }[] } }) =>
  result.error?.issues.map(({ message }) => message);

describe('what is said of a field that is wrong', () => {
  it('shows a moment as it should be written', () => {
    expect(saysOf(momentField.safeParse('2026-11-01'))).toEqual([
      'Write a moment in ISO 8601 with its offset, e.g. 2026-03-01T00:00:00Z.',
    ]);
    expect(momentField.safeParse('2026-11-01T00:00:00+01:00').success).toBe(true);
  });

  it('says how long a text has to be', () => {
    const reason = plainTextField({ min: 10, max: 20 });
    expect(saysOf(reason.safeParse('too short'))).toEqual(['Write at least 10 characters.']);
    expect(saysOf(reason.safeParse('x'.repeat(21)))).toEqual(['Write at most 20 characters.']);
  });
});

import { describe, expect, test } from 'vitest';
import { parseMailDate } from '../../../domain/data/mail-date.js';

describe('dates in mails', () => {
  test.each([
    ['Thu, 22 Aug 2002 12:36:23 +0100', '2002-08-22T11:36:23.000Z'],
    ['22 Aug 2002 12:36 GMT', '2002-08-22T12:36:00.000Z'],
    ['Thu, 22 Aug 02 12:36:23 EST', '2002-08-22T17:36:23.000Z'],
    ['22 August 2002 12:36:23 -0230 (NDT)', '2002-08-22T15:06:23.000Z'],
    ['Sat, 31 Dec 1999 23:59:60 +0000', '2000-01-01T00:00:00.000Z'],
    ['Thu, 22 Aug 2002 12:36:23', '2002-08-22T12:36:23.000Z'],
    ['Thu, 22 Aug 99 12:36:23 XYZ', '1999-08-22T12:36:23.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseMailDate(text)).toBe(iso);
  });

  test.each([
    '',
    'yesterday',
    '31 Feb 2002 10:00:00 +0000',
    '1 Foo 2002 10:00:00',
    '1 Aug 2002 25:00:00',
    '2002-08-22',
  ])('knows no date in "%s"', (text) => {
    expect(parseMailDate(text)).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTimesBetween, nextCronTime } from '../../../domain/schedules/cron-times.js';

const between = (cron: string, timeZone: string, from: string, to: string, most = 100): string[] =>
  cronTimesBetween({ cron, timeZone }, { from: new Date(from), to: new Date(to), most }).map((time) =>
    time.toISOString().replace('.000', ''),
  );

describe('the times of a cron expression', () => {
  it('leave out what the clock jumps over in spring', () => {
    expect(between('30 2 * * *', 'Europe/Berlin', '2027-03-27T00:00:00Z', '2027-03-29T12:00:00Z')).toEqual([
      '2027-03-27T01:30:00Z',
      '2027-03-29T00:30:00Z',
    ]);
  });

  it('keep the hour that clocks show, in summer as in winter', () => {
    expect(between('0 3 * * *', 'Europe/Berlin', '2027-03-27T00:00:00Z', '2027-03-28T12:00:00Z')).toEqual([
      '2027-03-27T02:00:00Z',
      '2027-03-28T01:00:00Z',
    ]);
  });

  it('take the second of two equal hours in autumn east of Greenwich, and both west of it', () => {
    expect(between('30 2 * * *', 'Europe/Berlin', '2027-10-30T12:00:00Z', '2027-11-01T12:00:00Z')).toEqual([
      '2027-10-31T01:30:00Z',
      '2027-11-01T01:30:00Z',
    ]);
    expect(between('30 1 * * *', 'America/New_York', '2027-11-07T00:00:00Z', '2027-11-08T00:00:00Z')).toEqual([
      '2027-11-07T05:30:00Z',
      '2027-11-07T06:30:00Z',
    ]);
  });

  it('include both ends of a range, and no more than were asked for', () => {
    expect(between('0 * * * *', 'UTC', '2026-12-01T00:00:00Z', '2026-12-01T02:00:00Z')).toHaveLength(3);
    expect(between('0 * * * *', 'UTC', '2026-12-01T00:00:00Z', '2027-12-01T00:00:00Z', 7)).toHaveLength(7);
  });

  it('need the day of the month and that of the week, where both are named', () => {
    expect(nextCronTime('0 0 13 * 5', 'UTC', new Date('2026-12-01'))?.toISOString()).toBe('2027-08-13T00:00:00.000Z');
    expect(between('0 0 * * 7', 'UTC', '2026-12-01T00:00:00Z', '2026-12-07T00:00:00Z')).toEqual([
      '2026-12-06T00:00:00Z',
    ]);
  });

  it('are none where there is no such day', () => {
    expect(nextCronTime('0 0 30 2 *', 'UTC', new Date('2026-12-01'))).toBe(null);
  });

  it('grow, and show what was asked for, wherever one begins', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, moment, fc.integer({ min: 0, max: 59 }), (timeZone, after, minute) => {
        const time = nextCronTime(`${minute} * * * *`, timeZone, after);
        expect(time!.getTime()).toBeGreaterThan(after.getTime());
        const shown = new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric' }).format(time!);
        expect(Number(shown)).toBe(minute);
      }),
      { numRuns: 200 },
    );
  });
});

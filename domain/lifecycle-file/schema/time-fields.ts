import { z } from 'zod';

const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,3})?Z)?$/;

/** A day (its first moment in UTC) or a moment in UTC, ISO 8601; as read: with milliseconds, so that texts compare. */
export const instant = z
  .string()
  .refine(isInstant, { error: 'Write a day or a moment in UTC, e.g. 2002-08-22 or 2002-08-22T06:00:00Z.' })
  .transform((written) => new Date(written).toISOString());

function isInstant(written: string): boolean {
  const time = INSTANT.test(written) ? Date.parse(written) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written.slice(0, 10));
}

/** An instant as `instant` gives it: what stands in a plan. */
export const resolvedInstant = z
  .string()
  .refine((value) => isInstant(value) && value === new Date(value).toISOString(), {
    error: 'Write a moment in UTC with milliseconds, e.g. 2002-08-22T00:00:00.000Z.',
  });

export const timeZone = z.string().refine(isTimeZone, { error: 'Write a time zone, e.g. UTC or Europe/Berlin.' });

function isTimeZone(written: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: written }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** Smallest and greatest value of the five fields: minute, hour, day of the month, month, day of the week. */
const CRON_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** The five fields that Temporal's schedules take, in numbers: lists, ranges and steps. */
export const cron = z.string().refine(isCron, { error: 'Write five cron fields in numbers, e.g. "0 3 * * 1".' });

function isCron(written: string): boolean {
  const fields = written.split(' ');
  return fields.length === CRON_FIELDS.length && CRON_FIELDS.every((range, i) => isCronField(fields[i] ?? '', range));
}

function isCronField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(',').every((part) => {
    const [, from, to, step] = /^(?:\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:\/([0-9]{1,2}))?$/.exec(part) ?? [null];
    if (from === null) return false;
    const [low, high] = [Number(from ?? least), Number(to ?? from ?? most)];
    return low >= least && high <= most && low <= high && step !== '0' && step !== '00';
  });
}

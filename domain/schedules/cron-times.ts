/**
 * When a cron expression of five fields is due in a time zone, as Temporal's schedules are: a day has to match both the
 * day of the month and the day of the week; a time that the clock jumps over in spring is left out; of an hour that the
 * clock repeats in autumn, Temporal takes the second in zones east of Greenwich and both in zones west of it. Checked
 * against a server by `test/workflows/schedule.test.ts`.
 */
export function nextCronTime(cron: string, timeZone: string, after: Date): Date | null {
  const { minutes, hours, days } = readCron(cron);
  const clock = wallClockOf(timeZone);
  const start = clock.read(after.getTime());
  let minute = start.minute + 1;
  let hour = start.hour;
  let isSecondPass = clock.read(after.getTime() - HOUR).hour === hour;
  const lastDay = Date.UTC(LAST_YEAR, 11, 31);
  for (let day = start.day; day <= lastDay; day += DAY, hour = 0, minute = 0, isSecondPass = false) {
    if (!days(new Date(day))) continue;
    for (; hour < 24; hour += 1, minute = 0, isSecondPass = false) {
      if (!hours.has(hour)) continue;
      const hourStart = day + hour * HOUR;
      const time = timeWithin(minutes, minute, hourStart, clock);
      if (time === null) continue;
      if (time !== undefined) return new Date(time + (isSecondPass ? HOUR : 0));
      if (isSecondPass || clock.write(hourStart + HOUR) - clock.write(hourStart) <= HOUR) continue;
      const again = timeWithin(minutes, 0, hourStart, clock);
      if (typeof again === 'number') return new Date(again + HOUR);
    }
  }
  return null;
}

/** The times from one moment to another, both included, oldest first; at most so many. */
export function cronTimesBetween(
  { cron, timeZone }: { cron: string; timeZone: string },
  range: { from: Date; to: Date; most: number },
): Date[] {
  const times: Date[] = [];
  let time = nextCronTime(cron, timeZone, new Date(range.from.getTime() - 1_000));
  while (time !== null && time <= range.to && times.length < range.most) {
    times.push(time);
    time = nextCronTime(cron, timeZone, time);
  }
  return times;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const LAST_YEAR = 2100;

/** The first matching minute of an hour: undefined where none is left, null where the clock jumps over the hour. */
function timeWithin(
  minutes: Set<number>,
  from: number,
  hourStart: number,
  clock: WallClock,
): number | null | undefined {
  for (let minute = from; minute < 60; minute += 1) {
    if (!minutes.has(minute)) continue;
    const time = clock.write(hourStart + minute * MINUTE);
    return clock.read(time).hour === new Date(hourStart).getUTCHours() ? time : null;
  }
  return undefined;
}

interface WallClock {
  /** What clocks show at a moment: the day as its midnight in UTC. */
  read(time: number): { day: number; hour: number; minute: number };
  /** The moment at which clocks show what UTC shows at `shown`; where that is not one moment, the choice is Go's. */
  write(shown: number): number;
}

function wallClockOf(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const shownAt = (time: number): number => {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const offsetAt = (time: number): number => shownAt(time) - Math.floor(time / 1_000) * 1_000;
  return {
    read(time) {
      const shown = new Date(shownAt(time));
      return {
        day: shown.getTime() - (shown.getTime() % DAY),
        hour: shown.getUTCHours(),
        minute: shown.getUTCMinutes(),
      };
    },
    write(shown) {
      const guess = shown - offsetAt(shown);
      return shown - offsetAt(guess);
    },
  };
}

function readCron(cron: string): { minutes: Set<number>; hours: Set<number>; days: (day: Date) => boolean } {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = cron.split(' ');
  const daysOfMonth = valuesOf(dayOfMonth, 1, 31);
  const months = valuesOf(month, 1, 12);
  const daysOfWeek = valuesOf(dayOfWeek, 0, 7);
  if (daysOfWeek.has(7)) daysOfWeek.add(0);
  return {
    minutes: valuesOf(minute, 0, 59),
    hours: valuesOf(hour, 0, 23),
    days: (day) =>
      months.has(day.getUTCMonth() + 1) && daysOfMonth.has(day.getUTCDate()) && daysOfWeek.has(day.getUTCDay()),
  };
}

/** `5`, `1-5`, `*`, each with `/step`, in a list. A number with a step goes on to the field's end. */
function valuesOf(field: string, least: number, most: number): Set<number> {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' ? [least, most] : range.split('-').map(Number);
    const last = to ?? (step === undefined ? from : most);
    for (let value = from ?? least; value <= (last ?? most); value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

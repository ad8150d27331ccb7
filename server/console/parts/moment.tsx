import { useEffect, useState } from 'react';

const UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const ABSOLUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const TICK_MILLISECONDS = 15_000;

/** `in 6 days`, `3 hours ago`, `now`. */
function relativeTo(moment: number, now: number): string {
  const seconds = (moment - now) / 1_000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit === undefined ? 'now' : RELATIVE.format(Math.round(seconds / unit[1]), unit[0]);
}

/** `3 Mar 2026, 13:00`, in the reader's time zone. */
export const absolute = (at: string): string => ABSOLUTE.format(new Date(at));

/** The present moment, which goes on. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A moment both ways: how far it is, and when. */
export function Moment({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={at}>
      {relativeTo(Date.parse(at), now)} <span className="dim nowrap">({absolute(at)})</span>
    </time>
  );
}

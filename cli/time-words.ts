const UNITS = [
  { name: 'd', milliseconds: 86_400_000 },
  { name: 'h', milliseconds: 3_600_000 },
  { name: 'min', milliseconds: 60_000 },
  { name: 's', milliseconds: 1_000 },
] as const;

/** A span in its largest fitting unit: `3 h`, `5 d`, `0.4 s`. */
export function spanInWords(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  const unit = UNITS.find((candidate) => span >= candidate.milliseconds);
  if (unit === undefined) return `${(span / 1000).toFixed(1)} s`;
  const amount = span / unit.milliseconds;
  return `${unit.name === 's' && amount < 10 ? amount.toFixed(1) : Math.floor(amount)} ${unit.name}`;
}

/** `since 3 h` */
export const sinceInWords = (iso: string, now: number): string => `since ${spanInWords(now - Date.parse(iso))}`;

/** `due in 5 d`, or `overdue since 2 h`. */
export function dueInWords(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  return left >= 0 ? `due in ${spanInWords(left)}` : `overdue since ${spanInWords(-left)}`;
}

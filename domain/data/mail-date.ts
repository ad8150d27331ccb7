const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The zones that RFC 5322 (section 4.3) still knows by name, in minutes east of Greenwich. */
const ZONES: Record<string, number> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const DATE =
  /(?<!\d)(\d{1,2})[ \t]+([a-z]{3})[a-z]{0,6}[ \t]+(\d{2,4})[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ \t]*([+-]\d{4})|[ \t]+([a-z]{1,5})\b)?/iu;

/**
 * A date as mails write it (RFC 5322, section 3.3, with the old forms of 4.3) in ISO 8601 UTC, or null. Does not use
 * the machine's time zone: an unnamed or unknown zone is taken as UTC, as the RFC says.
 */
export function parseMailDate(text: string): string | null {
  const found = DATE.exec(text.slice(0, 200).replace(/\s+/gu, ' '));
  if (found === null) return null;
  const [, day, month = '', year = '', hour, minute, second = '0', offset, zone = ''] = found;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  if (monthIndex < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const fields = [fullYear(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second)] as const;
  const local = new Date(Date.UTC(...fields));
  if (local.getUTCDate() !== Number(day) && Number(second) < 60) return null;
  const minutesEast = offset === undefined ? (ZONES[zone.toLowerCase()] ?? 0) : offsetMinutes(offset);
  return new Date(local.getTime() - minutesEast * 60_000).toISOString();
}

/** RFC 5322, section 4.3: two digits up to 49 are of this century, others and three digits count from 1900. */
function fullYear(year: string): number {
  if (year.length > 3) return Number(year);
  return Number(year) + (year.length === 2 && Number(year) < 50 ? 2000 : 1900);
}

function offsetMinutes(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  return offset.startsWith('-') ? -minutes : minutes;
}

import type { Approval } from '../api/queries.js';

const ENDED: Record<string, string> = {
  approved: 'Everybody who had to has approved it.',
  rejected: 'It was rejected: this model is not released under this request.',
  expired: 'Nobody decided in time, which counts as a no.',
  voided: 'It is void: nobody can sign it any more.',
  'changes-requested': 'Changes were asked for: a new request will follow.',
};

/** How a request stands, in a sentence: `Waits for 1 risk and a waiver of QD3.` */
export function statusInWords({ state, missing, unwaived }: Approval): string {
  if (state !== 'open') return ENDED[state] ?? '';
  const people = missing.map(({ role, count }) => `${count} ${role}`);
  const waivers = unwaived.map((question) => `a waiver of ${question}`);
  const waits = [...people, ...waivers];
  return waits.length === 0 ? 'Everybody has signed; it is being released.' : `Waits for ${joined(waits)}.`;
}

const joined = (parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

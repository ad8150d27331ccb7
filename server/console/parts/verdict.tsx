/** What a verdict is worth: good, bad, a warning, or nothing known. */
export type Tone = 'good' | 'bad' | 'warn' | 'unknown' | 'plain';

const TONES: Record<string, Tone> = {
  pass: 'good',
  approve: 'good',
  approved: 'good',
  fail: 'bad',
  reject: 'bad',
  rejected: 'bad',
  expired: 'bad',
  warn: 'warn',
  waived: 'warn',
  'request-changes': 'warn',
  'changes-requested': 'warn',
  inconclusive: 'bad',
  unknown: 'unknown',
};
/** Beside the colour, so that nobody depends on it. */
const SIGNS: Record<Tone, string> = { good: '✓', bad: '✗', warn: '!', unknown: '?', plain: '·' };

/** A verdict by sign, word and colour. */
export function Verdict({ is, tone = TONES[is] ?? 'plain' }: { is: string; tone?: Tone }) {
  return (
    <span className={`verdict ${tone}`}>
      <span aria-hidden="true">{SIGNS[tone]}</span> {is}
    </span>
  );
}

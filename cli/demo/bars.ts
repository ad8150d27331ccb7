import type { MeasuredValue } from './summaries.js';
import type { ReleaseFacts } from './release-facts.js';
import type { Window } from './windows.js';

export const PAST_TASK = 'triage';
export const LATER_TASK = 'triage-later';

const PAST_AT_LEAST = 0.97;
const DROP_AT_LEAST = 0.05;
const GAIN_AT_LEAST = 0.02;

/** What the demo promises to show; a missed one is said in a sentence. */
export interface Bar {
  name: string;
  isMet: boolean;
  sentence: string;
}

export function judgeBars(facts: { first: ReleaseFacts; second: ReleaseFacts; windows: readonly Window[] }): Bar[] {
  const past = valueOf(facts.first.scores[PAST_TASK]?.candidate);
  const drop = valueOf(dropOf(facts.windows));
  const gain = facts.second.scores[LATER_TASK]?.difference ?? null;
  return [
    {
      name: 'past',
      isMet: past !== null && past >= PAST_AT_LEAST,
      sentence: `Macro-F1 on the held-out past is ${words(past)}; at least ${PAST_AT_LEAST} was expected.`,
    },
    {
      name: 'drop',
      isMet: drop !== null && drop >= DROP_AT_LEAST,
      sentence: `On later mail it fell by ${words(drop)}; a fall of at least ${DROP_AT_LEAST} was expected.`,
    },
    {
      name: 'gain',
      isMet: gain !== null && gain.difference >= GAIN_AT_LEAST && gain.interval[0] > 0,
      sentence:
        `The retrained model differs by ${words(gain?.difference ?? null)} on the held-out later mail, ` +
        `not less than ${words(gain?.interval[0] ?? null)}; at least ${GAIN_AT_LEAST}, and surely above 0, was expected.`,
    },
  ];
}

/** The fall that the latest window with labels measured, against the release's own test. */
const dropOf = (windows: readonly Window[]): MeasuredValue | null =>
  windows.findLast(({ quality }) => quality.drop !== null)?.quality.drop ?? null;

const valueOf = (measured: MeasuredValue | null | undefined): number | null =>
  measured?.status === 'ok' ? measured.value : null;

const words = (value: number | null): string => value?.toFixed(3) ?? 'not measured';

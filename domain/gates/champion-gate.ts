import type { GateSpec } from '../lifecycle-file/plan.js';
import { compareMetric } from '../metrics/compare-metric.js';
import type { ScoredItem } from '../metrics/scored-item.js';
import { itemsNeeded, judgeBounded, undecided } from './bounded-verdict.js';
import type { GateInput, GateResult, ScoredVersion } from './gate-result.js';

type ChampionGate = Extract<GateSpec, { kind: 'no-worse-than-champion' }>;
type Judgement = Omit<GateResult, 'gate' | 'limit'>;

/** Whether the candidate is not worse than the champion by more than the margin, on the same items. */
export function judgeAgainstChampion(gate: ChampionGate, input: GateInput): Judgement {
  if (input.champion === null) return firstRelease(gate, input.candidate);
  if (input.champion.weights === input.candidate.weights) {
    return undecided('The candidate is the champion: the same weights cannot be compared with themselves.');
  }
  const pairs = pairById(input.candidate.items, input.champion.items);
  if ('missing' in pairs) return undecided(`Task '${gate.task}': ${pairs.missing}.`);
  const confidence = 2 * gate.confidence - 1;
  const compared = compareMetric({ ...pairs, metric: gate.metric, confidence, ...resamplingOf(input) });
  const bounded = { statistic: compared.difference, interval: compared.interval, n: compared.n };
  const neededItems = itemsNeeded({
    variancePerItem: compared.variancePerItem,
    distance: gate.margin,
    confidence: gate.confidence,
  });
  const name = `${gate.metric}, candidate minus champion,`;
  return { ...judgeBounded(name, { ...bounded, confidence: gate.confidence }, -gate.margin), neededItems };
}

function firstRelease(gate: ChampionGate, candidate: ScoredVersion): Judgement {
  const n = candidate.items?.length ?? 0;
  if (gate.firstRelease === 'block')
    return undecided('There is no champion yet and the gate blocks a first release.', n);
  return {
    ...undecided('There is no champion yet: a first release, which the gate allows.', n),
    verdict: 'not-applicable',
  };
}

const resamplingOf = ({ seed, resamples }: GateInput): Pick<GateInput, 'seed' | 'resamples'> =>
  resamples === undefined ? { seed } : { seed, resamples };

type Pairs = { candidate: readonly ScoredItem[]; champion: readonly ScoredItem[] } | { missing: string };

/** Both versions' items in the candidate's order, or why they are not the same items. */
function pairById(candidate: readonly ScoredItem[] | null, champion: readonly ScoredItem[] | null): Pairs {
  if (candidate === null || candidate.length === 0) return { missing: 'the candidate has no scores' };
  if (champion === null) return { missing: 'the champion has no scores on these items' };
  const championById = new Map(champion.map((item) => [item.id, item]));
  const paired = candidate.flatMap(({ id, expected }) => {
    const other = championById.get(id);
    return other?.expected === expected ? [other] : [];
  });
  const isSame = new Set(candidate.map(({ id }) => id)).size === champion.length;
  if (!isSame || paired.length !== candidate.length || champion.length !== candidate.length) {
    return {
      missing: `the champion has scores for ${paired.length} of ${candidate.length} items, each of which must be there once`,
    };
  }
  return { candidate, champion: paired };
}

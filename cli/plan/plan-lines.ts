import { colours } from '../colours.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { STAGES } from '../../domain/kernel/states.js';
import type { LoadedLifecycle } from '../../domain/lifecycle-file/load-lifecycle.js';
import { plainText } from '../plain-text.js';
import { championInWords, type ChampionAnswer } from './champion.js';
import { reuseInWords, type ReuseAnswer } from './reuse.js';
import { retrainInWords, STAGE_WORDS } from './stage-words.js';

const LABEL_WIDTH = 12;

/** What only an api knows. */
export interface FromApi {
  champion: ChampionAnswer;
  reuse: ReuseAnswer;
}

/** What a run of this plan would do, stage by stage, for people. */
export function planLines({ plan, planDigest }: LoadedLifecycle, { champion, reuse }: FromApi): string[] {
  return [
    `${colours.bold(plan.name)}  plan ${shortDigest(planDigest)}  ${colours.dim('nothing was started')}`,
    plainText(plan.purpose),
    '',
    ...STAGES.flatMap((stage, index) => block(`${index + 1} ${stage}`, STAGE_WORDS[stage](plan))),
    ...block('next run', retrainInWords(plan)),
    ...block('champion', [championInWords(champion)]),
    ...block('reused', reuseInWords(reuse, Date.now())),
  ];
}

const block = (label: string, words: readonly string[]): string[] =>
  words.map((line, index) => `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)} ${plainText(line)}`);

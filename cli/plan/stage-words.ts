import { shortDigest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';
import { printDuration } from '../../domain/kernel/units/duration.js';
import { printMoney } from '../../domain/kernel/units/money.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { knownModel } from '../../domain/training/known-models.js';
import { curateInWords, sourceInWords } from './data-words.js';
import { gateInWords, taskInWords } from './evaluation-words.js';
import { percent } from './percent.js';
import { policyInWords, rolloutInWords } from './release-words.js';

/** What each stage of a run will do, a sentence a line. */
export const STAGE_WORDS: Record<Stage, (plan: LifecyclePlan) => string[]> = {
  collect: ({ data }) => data.sources.map(sourceInWords),
  curate: ({ data }) => data.curate.map(curateInWords),
  'fine-tune': fineTuneInWords,
  evaluate: ({ evaluate }) => [...evaluate.tasks.map(taskInWords), ...evaluate.gates.map(gateInWords)],
  approve: ({ approve }) => [
    ...policyInWords(approve.policy),
    `${printDuration(approve.expiresAfterMilliseconds)} to sign; silence until then means no`,
  ],
  deploy: ({ deploy }) => [
    `alias ${deploy.alias}: ${rolloutInWords(deploy.rollout)}`,
    `${deploy.disclosure.application} says "${deploy.disclosure.notice}"; acknowledgement ${deploy.disclosure.acknowledge}`,
  ],
  monitor: ({ monitor }) => [
    `every ${printDuration(monitor.everyMilliseconds)} a window of at least ${monitor.minimumItems} new items`,
    `drift of ${monitor.drift.on.join(', ')} counts with ${percent(monitor.drift.confidence)} confidence`,
  ],
};

function fineTuneInWords({ model, train, budget }: LifecyclePlan): string[] {
  const prompt =
    model.prompt === undefined
      ? []
      : [`told with every input: ${model.prompt.from} (${shortDigest(model.prompt.digest)})`];
  if (train === null)
    return [
      `skipped: ${model.base.id} at provider ${model.provider} is taken as it is`,
      cardInWords(model.base.card),
      ...prompt,
    ];
  const hyperparameters = Object.entries(train.hyperparameters).map(([name, value]) => `${name} ${value}`);
  return [
    [`${model.base.id} at provider ${model.provider}`, ...hyperparameters, `seed ${train.seed}`].join(', '),
    cardInWords(model.base.card),
    ...prompt,
    beforehandInWords(model.base.id),
    budget === null
      ? 'no budget: a training is started whatever it is quoted at'
      : `a training quoted above ${printMoney(budget.limitMicroUsd)} is not started`,
  ];
}

/** What is looked at before anything is uploaded. */
function beforehandInWords(baseModel: string): string {
  const known = knownModel(baseModel);
  if (known === undefined)
    return 'before it is paid: every example is looked through; tokens and limit are not known here';
  const { exampleTokens, lastJobs, retirement } = known;
  return [
    'before it is paid: every example is looked through, tokens are counted',
    ...(exampleTokens === null ? [] : [`at most ${exampleTokens} an example`]),
    ...(lastJobs === undefined ? [] : [`no new jobs after ${lastJobs}`]),
    ...(retirement === undefined ? [] : [`what it makes is served until ${retirement}`]),
  ].join(', ');
}

const cardInWords = (card: LifecyclePlan['model']['base']['card']): string =>
  card === null
    ? 'no card: what is known of it counts as unknown'
    : `card says: licence ${card.licence}, retirement ${card.retirement}`;

/** What starts the next run. */
export function retrainInWords({ retrain: { schedule, onDrift } }: LifecyclePlan): string[] {
  const words: string[] = [];
  if (schedule !== null) {
    const jitter =
      schedule.jitterMilliseconds === 0 ? '' : `, up to ${printDuration(schedule.jitterMilliseconds)} later`;
    words.push(`at ${schedule.cron} (${schedule.timeZone})${jitter}`);
  }
  if (onDrift !== null) {
    const { windows, coolDownMilliseconds, minimumLabels } = onDrift;
    const after = `${printDuration(coolDownMilliseconds)} after the last run, with ${minimumLabels} new labels`;
    words.push(`after ${windows} windows with drift in a row, at the earliest ${after}`);
  }
  return words.length === 0 ? ['only when a person starts it'] : words;
}

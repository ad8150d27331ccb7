/** Rules that a file as written and a resolved plan share. Each is a claim and the words for when it does not hold. */

interface Rule<T> {
  holds: (value: T) => boolean;
  error: string;
}

const rule = <T>(holds: Rule<T>['holds'], error: string): Rule<T> => ({ holds, error });

export const fractionsSumToOne = rule<{ train: number; validation?: number; test: number }>(
  ({ train, validation = 0, test }) => Math.abs(train + validation + test - 1) <= 1e-9,
  'The fractions must sum to 1.',
);

export const trafficRisesToAll = rule<readonly { traffic: number }[]>(
  (steps) => steps.at(-1)?.traffic === 100 && steps.every(({ traffic }, i) => traffic > (steps[i - 1]?.traffic ?? 0)),
  'The traffic of a rollout must rise from step to step and end with 100.',
);

export const periodRuns = rule<{ from?: string | null | undefined; until?: string | null | undefined }>(
  ({ from, until }) => !from || !until || from < until,
  'A period must begin before it ends.',
);

export const isWithoutRepeats = rule<readonly unknown[]>(
  (values) => new Set(values).size === values.length,
  'Each may stand here once.',
);

/** Of a file as written, or of a plan. */
export const trainsOnSomething = rule<{ train?: object | null | undefined; data: { curate: readonly object[] } }>(
  ({ train, data }) => !train || data.curate.some((step) => trainingShare(step) > 0),
  'No split keeps records to train on: set a "train" above 0 in data.curate, or leave this section out.',
);

function trainingShare(step: object): number {
  const { train = 0 } = ('by' in step ? step : 'split' in step ? (step.split as object) : {}) as { train?: number };
  return train;
}

export const dedupesOnce = rule<readonly object[]>(
  (steps) => steps.filter((step) => 'dedupe' in step || ('step' in step && step.step === 'dedupe')).length <= 1,
  'One dedupe is enough.',
);

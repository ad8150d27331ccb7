/** What a metric means, in a sentence for everybody, and why a gate on it matters. */
const METRICS: Record<string, { name: string; means: string; matters: string }> = {
  accuracy: {
    name: 'Accuracy',
    means: 'Of all test items, the share that was answered rightly.',
    matters: 'It is how often users get a right answer, over all items alike.',
  },
  'f1-macro': {
    name: 'F1, macro',
    means:
      'How well each kind of answer is found without false alarms, with rare kinds counting as much as common ones.',
    matters: 'A model that ignores a rare kind of case looks good by the share of right answers, and bad by this.',
  },
};

export const metricWords = (metric: string): { name: string; means: string; matters: string } =>
  METRICS[metric] ?? { name: metric, means: '', matters: '' };

const DIGITS = 3;

/** `0.942` */
export const number = (value: number): string => value.toFixed(DIGITS);

/** `+0.031`, `−0.004` */
export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(DIGITS)}`;

/** `0.921 to 0.960` */
export const range = ([low, high]: readonly [number, number], print = number): string =>
  `${print(low)} to ${print(high)}`;

const MICRO = 1_000_000;
export const money = (microUsd: number): string => `${(microUsd / MICRO).toFixed(2)} USD`;

const COUNT = new Intl.NumberFormat('en');
export const count = (value: number): string => COUNT.format(value);

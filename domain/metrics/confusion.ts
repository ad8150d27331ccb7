/** Items of class `expected` that were answered `predicted`; both are indexes into `Confusion.labels`. */
export interface ConfusionCell {
  expected: number;
  predicted: number;
}

/**
 * How often each label was answered by each: the sufficient statistic of every classification metric. Labels are those
 * expected or answered at least once, ascending by UTF-16 code units; cells ascend and none is empty. Items in another
 * order, or merged from shards, give the same confusion.
 */
export interface Confusion {
  labels: string[];
  cells: (ConfusionCell & { count: number })[];
}

interface Answer {
  expected: string;
  predicted: string;
  count?: number;
}

export function confusionOf(answers: readonly Answer[]): Confusion {
  const labels = [...new Set(answers.flatMap(({ expected, predicted }) => [expected, predicted]))].sort();
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const counts = new Map<number, number>();
  for (const { expected, predicted, count = 1 } of answers) {
    const key = (indexOf.get(expected) as number) * labels.length + (indexOf.get(predicted) as number);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const cells = [...counts].sort(([a], [b]) => a - b).map(([key, count]) => ({ ...cellAt(key, labels.length), count }));
  return { labels, cells };
}

const cellAt = (key: number, labels: number): ConfusionCell => ({
  expected: Math.floor(key / labels),
  predicted: key % labels,
});

/** The confusion of both sets of items together. */
export const mergeConfusions = (a: Confusion, b: Confusion): Confusion =>
  confusionOf([...answersOf(a), ...answersOf(b)]);

function answersOf({ labels, cells }: Confusion): Answer[] {
  return cells.map(({ expected, predicted, count }) => ({
    expected: labels[expected] as string,
    predicted: labels[predicted] as string,
    count,
  }));
}

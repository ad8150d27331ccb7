/**
 * Cohen's kappa of two raters over the same items, unweighted: agreement beyond what their own habits would give by
 * chance (Cohen 1960). Undefined without items, and where both always say the same one thing.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): number | undefined {
  const n = pairs.length;
  const [first, second] = [countsOf(pairs.map(([a]) => a)), countsOf(pairs.map(([, b]) => b))];
  const observed = pairs.filter(([a, b]) => a === b).length / n;
  const expected = [...first].reduce((sum, [label, count]) => sum + (count / n) * ((second.get(label) ?? 0) / n), 0);
  return beyondChance(observed, expected);
}

/**
 * Fleiss' kappa of so many ratings of each item, by whomever (Fleiss 1971): a row an item, a column a label, in it how
 * often it was said; at least two ratings, equally many of each item. Undefined without items, and where all always say
 * the same one thing.
 */
export function fleissKappa(table: readonly (readonly number[])[]): number | undefined {
  const [first] = table;
  if (first === undefined) return undefined;
  const ratings = first.reduce(plus, 0);
  const agreements = table.map((row) => row.reduce((sum, count) => sum + count * (count - 1), 0));
  const observed = agreements.reduce(plus, 0) / (table.length * ratings * (ratings - 1));
  const shares = first.map(
    (_, label) => table.reduce((sum, row) => sum + (row[label] ?? 0), 0) / (table.length * ratings),
  );
  return beyondChance(
    observed,
    shares.reduce((sum, share) => sum + share * share, 0),
  );
}

const beyondChance = (observed: number, expected: number): number | undefined => {
  const kappa = (observed - expected) / (1 - expected);
  return Number.isFinite(kappa) ? kappa : undefined;
};

const plus = (a: number, b: number): number => a + b;

function countsOf(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

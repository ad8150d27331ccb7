/** What a memo is made of: how to load, for how long an answer counts, and by which clock (milliseconds). */
export interface MemoOptions<T> {
  load: (key: string) => Promise<T>;
  milliseconds: number;
  clock: () => number;
  maxEntries?: number;
}

interface Entry<T> {
  value: Promise<T>;
  until: number;
}

/**
 * Remembers answers for a while. Askers of one key share one load; its time counts from the start of the load; a
 * failure is not remembered, so that nothing is served on an answer older than this.
 */
export function createTimedMemo<T>({ load, milliseconds, clock, maxEntries = 1000 }: MemoOptions<T>) {
  const entries = new Map<string, Entry<T>>();
  return (key: string): Promise<T> => {
    const known = entries.get(key);
    if (known !== undefined && clock() < known.until) return known.value;
    const value = load(key);
    const entry = { value, until: clock() + milliseconds };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > maxEntries) entries.delete(entries.keys().next().value ?? key);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
}

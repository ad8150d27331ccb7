/** Where rows go. Writing the same row twice is one row. */
export interface RecorderOptions<Row> {
  write: (rows: readonly Row[]) => Promise<void>;
  /**
   * Hears of rows that were not written and says what next: all of them again; each half by itself, so that one row
   * that no table takes costs no other (a single one is given up); or none.
   */
  onFailure: (error: unknown, rows: number) => 'retry' | 'split' | 'give-up';
  flushMilliseconds?: number;
  batchSize?: number;
  capacity?: number;
  retryMilliseconds?: number;
}

export interface ServedRecorder<Row> {
  /** Takes a row for the next batch. Resolves at once, or, with the queue full, when there is room again. */
  add(row: Row): Promise<void>;
  /** Writes what is left. */
  close(): Promise<void>;
}

/**
 * Writes rows in batches, so that an answer waits for no insert. The queue is bounded: when Postgres is slower than
 * the traffic, answers wait and nothing is dropped.
 */
export function createServedRecorder<Row>(options: RecorderOptions<Row>): ServedRecorder<Row> {
  const { flushMilliseconds = 50, batchSize = 100, capacity = 10_000 } = options;
  const queue: Row[] = [];
  const waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let draining: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.slice(0, batchSize);
      await writeBatch(batch, options);
      queue.splice(0, batch.length);
      for (const resume of waiting.splice(0, batch.length)) resume();
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    draining ??= drain().finally(() => {
      draining = undefined;
    });
    return draining;
  };
  const schedule = (): void => {
    if (queue.length >= batchSize) void flush();
    else timer ??= setTimeout(() => void flush(), flushMilliseconds);
  };

  return {
    async add(row) {
      while (queue.length >= capacity) await new Promise<void>((resume) => waiting.push(resume));
      queue.push(row);
      schedule();
    },
    async close() {
      while (queue.length > 0) await flush();
      clearTimeout(timer);
    },
  };
}

async function writeBatch<Row>(batch: Row[], options: RecorderOptions<Row>): Promise<void> {
  for (;;) {
    try {
      return await options.write(batch);
    } catch (error) {
      const next = options.onFailure(error, batch.length);
      if (next === 'split' && batch.length > 1) return await writeHalves(batch, options);
      if (next !== 'retry') return;
      await new Promise((resolve) => setTimeout(resolve, options.retryMilliseconds ?? 500));
    }
  }
}

async function writeHalves<Row>(batch: Row[], options: RecorderOptions<Row>): Promise<void> {
  const middle = Math.ceil(batch.length / 2);
  await writeBatch(batch.slice(0, middle), options);
  await writeBatch(batch.slice(middle), options);
}

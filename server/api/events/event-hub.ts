import { listenForEvents } from '../../../db/audit/listen.js';
import { lastLeafIndex, toldEvents, type ToldEvent } from '../../../db/views/told-events.js';
import type { Database } from '../../../db/pool.js';
import type { Logger } from '../../process/logger.js';

const PAGE = 500;
/** An event is announced when it is committed, and has its place in the log a moment later. */
const CHAINED_MILLISECONDS = 150;
/** Announcements are hints that may be lost: while somebody listens, it looks by itself too. */
const LOOK_MILLISECONDS = 1_000;

/** Tells everybody who listens in this process of new events: one connection to the database for all of them. */
export interface EventHub {
  /** The leaf up to which it has told. */
  last(): number;
  /** Events after a leaf, at most `limit`. */
  since(leafIndex: number, limit: number): Promise<ToldEvent[]>;
  /** @returns what ends it */
  subscribe(listener: (event: ToldEvent) => void): () => void;
  /** Aborted when the process is to end. */
  ended: AbortSignal;
  close(): Promise<void>;
}

/** Begins to listen. What happens while the database is away is told when it is back. */
export function createEventHub({ url, db, log }: { url: string; db: Database; log: Logger }): EventHub {
  const listeners = new Set<(event: ToldEvent) => void>();
  const ending = new AbortController();
  let last: number | undefined;
  let reading = Promise.resolve();

  const read = async (): Promise<void> => {
    last ??= await lastLeafIndex(db);
    for (let page = await toldEvents(db, last, PAGE); page.length > 0; page = await toldEvents(db, last, PAGE)) {
      last = page.at(-1)?.leafIndex ?? last;
      for (const event of page) for (const listener of listeners) listener(event);
    }
  };
  const look = (): void => {
    reading = reading.then(read).catch((error: unknown) => log.warn({ err: error }, 'events could not be read'));
  };
  let later: NodeJS.Timeout | undefined;
  const listening = listenForEvents(url, () => {
    look();
    later ??= setTimeout(() => ((later = undefined), look()), CHAINED_MILLISECONDS);
  });
  const looking = setInterval(() => listeners.size > 0 && look(), LOOK_MILLISECONDS);

  return {
    last: () => last ?? -1,
    since: (leafIndex, limit) => toldEvents(db, leafIndex, limit),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ended: ending.signal,
    async close() {
      ending.abort();
      clearInterval(looking);
      clearTimeout(later);
      await listening.close();
      await reading;
    },
  };
}

import { Client } from 'pg';
import { AUDIT_CHANNEL } from './announce.js';

const RECONNECT_MILLISECONDS = 500;

/**
 * Calls back whenever there are new events: also after every (re)connection, since what was said meanwhile went unheard.
 * A hint, not a record: who listens still reads the log.
 */
export function listenForEvents(url: string, onEvents: () => void): { close(): Promise<void> } {
  let isClosed = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const reconnect = (broken: Client): void => {
    if (client !== broken) return;
    client = undefined;
    broken.end().catch(() => undefined);
    if (!isClosed) timer = setTimeout(connect, RECONNECT_MILLISECONDS);
  };
  const connect = (): void => {
    const fresh = new Client({ connectionString: url, application_name: 'assay-listen', keepAlive: true });
    client = fresh;
    fresh.on('notification', onEvents);
    fresh.on('error', () => reconnect(fresh));
    fresh.on('end', () => reconnect(fresh));
    fresh
      .connect()
      .then(() => fresh.query(`listen ${AUDIT_CHANNEL}`))
      .then(onEvents, () => reconnect(fresh));
  };

  connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

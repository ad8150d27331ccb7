import { listenForEvents } from '../../db/audit/listen.js';
import type { Logger } from '../process/logger.js';
import { signAutomatic } from './automatic-approvals.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

/** What was said meanwhile went unheard: it looks by itself, too. */
const IDLE_MILLISECONDS = 5_000;
/** So that a burst of events is one look. */
const APART_MILLISECONDS = 100;

/** Signs for policies whenever there are new events. Several processes may: each request has one such decision. */
export function startAutomaticSigner(options: { url: string; stores: ApiStores; keys: SigningKeys; log: Logger }): {
  stop(): Promise<void>;
} {
  const { url, stores, keys, log } = options;
  let soon: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();

  const look = (): void => {
    soon = undefined;
    looking = looking
      .then(() => signAutomatic(stores, keys))
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, 'policies could not be asked'),
      );
  };

  const listener = listenForEvents(url, () => (soon ??= setTimeout(look, APART_MILLISECONDS)));
  const idle = setInterval(look, IDLE_MILLISECONDS);
  look();
  return {
    async stop() {
      clearInterval(idle);
      await listener.close();
      clearTimeout(soon);
      await looking;
    },
  };
}

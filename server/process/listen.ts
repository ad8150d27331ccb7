import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenError } from '../../domain/listen-error.js';

export interface Listening {
  /** E.g. `http://127.0.0.1:8080`. */
  url: string;
  /** Takes no new connections, lets answers under way finish, then cuts what is left. */
  close(): Promise<void>;
}

/** How long answers under way may take once the process is asked to stop. */
const GRACE_MILLISECONDS = 10_000;

/**
 * Listens; port 0 takes a free one.
 * @throws LifecycleError CONFLICT where the port is in use, NOT_ALLOWED where this user may not have it, INVALID_INPUT
 * where the host is none of this machine
 */
export function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  at: { host: string; port: number },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: at.host, port: at.port }, ({ port, address, family }: AddressInfo) => {
      const host = family === 'IPv6' ? `[${address}]` : address;
      resolve({ url: `http://${host}:${port}`, close: () => close(server) });
    }) as Server;
    server.once('error', (error) => reject(listenError(error, at)));
    // A request's head must arrive in time, its body too: a slow client holds no connection for ever.
    server.headersTimeout = 10_000;
    server.requestTimeout = 30_000;
  });
}

async function close(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}

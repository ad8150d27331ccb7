import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIPv4, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { listenError } from '../../domain/listen-error.js';
import { createLocalApp } from './app.js';
import { createModels } from './models.js';
import { openEventLog } from './store/event-log.js';
import { openFileStore } from './store/file-store.js';
import { openJobStore } from './store/job-store.js';
import { createJobRunner } from './training/job-runner.js';

interface LocalProviderOptions {
  /** 0 takes any free port. */
  port: number;
  /** Of this machine's loopback only. */
  host?: string;
  /** Jobs, files and models; one provider at a time may have it. */
  stateFolder: string;
  /** The bearer key that callers must send. */
  apiKey: string;
}

export interface LocalProvider {
  /** E.g. `http://127.0.0.1:4010`; the API stands under `/v1`. */
  url: string;
  /** Stops answering and training. A job that runs is trained again from its start after the next start. */
  close(): Promise<void>;
}

/**
 * Starts the OpenAI-compatible local provider, and goes on with the jobs that an earlier one left.
 * @throws LifecycleError NOT_ALLOWED for an address that other machines reach; CONFLICT where the port is in use.
 */
export async function serveLocalProvider(options: LocalProviderOptions): Promise<LocalProvider> {
  const { port, host = '127.0.0.1', stateFolder, apiKey } = options;
  requireLoopback(host);
  const files = await openFileStore(join(stateFolder, 'files'));
  const jobs = await openJobStore(join(stateFolder, 'jobs'));
  const events = await openEventLog(join(stateFolder, 'events'));
  const models = createModels(jobs, files);
  const runner = createJobRunner({ jobs, files, events });
  const app = createLocalApp({ apiKey, jobs, files, events, runner, models });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await runner.close();
    throw error instanceof Error ? listenError(error, { host, port }) : error;
  }
  const address = server.address() as AddressInfo;
  const isIpv6 = address.family === 'IPv6';
  return {
    url: `http://${isIpv6 ? `[${address.address}]` : address.address}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, runner.close()]);
    },
  };
}

/** One key, no encryption, no quotas: it is not made for a network. */
function requireLoopback(host: string): void {
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `The local provider listens on this machine only, not on ${host}. Use 127.0.0.1, ::1 or localhost.`,
    { host },
  );
}

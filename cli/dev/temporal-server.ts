import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { freePort, portOr } from './free-port.js';
import type { Supervisor } from './supervisor.js';
import { findTemporalBinary } from './temporal-binary.js';

export interface TemporalServerOptions {
  readonly supervisor: Supervisor;
  /** `<stateFolder>/temporal.db` keeps the histories between starts. */
  readonly stateFolder: string;
  /** Where a downloaded program is kept. Default: `<stateFolder>/cache`. */
  readonly cacheFolder?: string;
  readonly mayDownload: boolean;
  /** The port to take when it is free; another one is taken when it is not. */
  readonly port?: number;
  /** For tests: nothing is kept. */
  readonly inMemory?: boolean;
  readonly log: (line: string) => void;
}

export interface TemporalServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  readonly namespace: string;
  /** Of the process that runs now; it changes when a crashed one is started again. */
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

const NAMESPACE = 'default';
const READY_MILLISECONDS = 30_000;
const PROBE_MILLISECONDS = 2_000;
const TRIES = 3;

/**
 * Starts a Temporal dev server on 127.0.0.1 and waits until it answers getSystemInfo.
 * @throws LifecycleError COMMAND when there is no program to start, or it does not come up
 */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
  const { stateFolder, mayDownload, log } = options;
  const cacheFolder = options.cacheFolder ?? join(stateFolder, 'cache');
  const { path } = await findTemporalBinary({ cacheFolder, mayDownload, log });
  await mkdir(stateFolder, { recursive: true });
  return startOnFreePort(path, await portOr(options.port), options, TRIES);
}

/** Between the look for a free port and the start of the server somebody else may take it: then another is tried. */
async function startOnFreePort(
  path: string,
  port: number,
  options: TemporalServerOptions,
  tries: number,
): Promise<TemporalServer> {
  try {
    return await startAt(path, port, options);
  } catch (error) {
    const isPortTaken = isLifecycleError(error) && /address already in use/i.test(error.message);
    if (!isPortTaken || tries <= 1) throw error;
    return startOnFreePort(path, await freePort(), options, tries - 1);
  }
}

async function startAt(command: string, port: number, options: TemporalServerOptions): Promise<TemporalServer> {
  const address = `127.0.0.1:${port}`;
  const storage = options.inMemory === true ? [] : ['--db-filename', join(options.stateFolder, 'temporal.db')];
  const child = await options.supervisor.startProcess({
    name: 'temporal',
    command,
    args: [...START_DEV, '--port', String(port), ...storage],
    ready: { probe: () => answersSystemInfo(address) },
    readyWithinMilliseconds: READY_MILLISECONDS,
  });
  return { address, namespace: NAMESPACE, pid: () => child.pid, stop: () => child.stop() };
}

const START_DEV =
  'server start-dev --headless --ip 127.0.0.1 --log-level warn --search-attribute AssayProject=Keyword'.split(' ');

/** `connect` asks for getSystemInfo and fails when nobody answers. */
async function answersSystemInfo(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: PROBE_MILLISECONDS });
  await connection.close();
  return true;
}

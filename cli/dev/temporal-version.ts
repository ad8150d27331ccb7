import { runCommand } from './run-command.js';

/** Worker Versioning needs at least this server. */
export const OLDEST_SERVER = '1.29.1';

const VERSION_MILLISECONDS = 10_000;

/**
 * The version of the server inside a Temporal command line program.
 * @throws Error when it cannot be run, does not tell, or is too old
 */
export async function serverVersionOf(path: string): Promise<string> {
  const run = { command: path, args: ['--version'], timeoutMilliseconds: VERSION_MILLISECONDS };
  const version = parseServerVersion(await runCommand(run));
  if (version === undefined) throw new Error('it does not tell its server version');
  if (isOlder(version, OLDEST_SERVER)) throw new Error(`its server is ${version}; ${OLDEST_SERVER} is needed`);
  return version;
}

/** `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)` has the server version `1.32.0`. */
export function parseServerVersion(output: string): string | undefined {
  return /\bServer (\d+\.\d+\.\d+)/.exec(output)?.[1];
}

export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

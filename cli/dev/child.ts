import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LogFile } from './log-file.js';
import { identityOf, type ProcessIdentity } from './process-identity.js';

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Run as this user instead of root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Sent over an IPC channel as soon as it runs: proof of who its parent is, and when the channel closes, of its end. */
  readonly message?: object;
}

/** How a child ended, in words: "code 1", "signal SIGKILL", "not started: …". */
export type ChildEnd = string;

export interface Child {
  readonly identity: ProcessIdentity | undefined;
  readonly ended: Promise<ChildEnd>;
}

/**
 * Starts a child as the leader of its own process group, so that Ctrl-C on the terminal reaches only the parent, which
 * then stops its children in order. Every line of output goes to the log file and to `onLine`.
 */
export function startChild(what: ChildCommand, log: LogFile, onLine: (line: string) => void = () => {}): Child {
  const child = spawn(what.command, what.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(what.message === undefined ? [] : (['ipc'] as const))],
    env: { ...process.env, ...what.env },
    ...(what.cwd === undefined ? {} : { cwd: what.cwd }),
    ...what.user,
  });
  // A child that is gone before it hears is told by its end.
  if (what.message !== undefined) child.send(what.message, () => {});
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => (log.write(line), onLine(line)));
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (error) => resolve(`not started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  });
  return { identity: child.pid === undefined ? undefined : identityOf(child.pid), ended };
}

function eachLine(stream: Readable | null, use: (line: string) => void): void {
  if (stream === null) return;
  stream.on('error', () => {});
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', use);
}

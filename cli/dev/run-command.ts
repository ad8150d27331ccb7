import { spawn } from 'node:child_process';
import { signalGroup } from './end-process.js';

export interface CommandRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeoutMilliseconds: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Given on stdin: for what must not stand on a command line or in an environment. */
  readonly input?: string;
}

const KEPT_CHARACTERS = 20_000;
const SHOWN_CHARACTERS = 300;

/**
 * Runs a command to its end and returns what it printed (stdout, then stderr). When the time is over its whole process
 * group is killed.
 * @throws Error with the last line of its output when it cannot be started, fails or takes too long
 */
export function runCommand(run: CommandRun): Promise<string> {
  const { command, args, timeoutMilliseconds, env, cwd, user, input } = run;
  const child = spawn(command, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...user,
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout = (output.stdout + String(chunk)).slice(-KEPT_CHARACTERS)));
  child.stderr.on('data', (chunk) => (output.stderr = (output.stderr + String(chunk)).slice(-KEPT_CHARACTERS)));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      reject(new Error(`gave up after ${timeoutMilliseconds / 1000} s`));
    }, timeoutMilliseconds);
    child.once('error', (error) => (clearTimeout(timer), reject(error)));
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(output.stdout + output.stderr);
      else reject(new Error(lastLine(output.stderr || output.stdout) ?? `ended with code ${code}`));
    });
  });
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.slice(0, SHOWN_CHARACTERS) || undefined;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Nothing that the drill started outlives it, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export interface RunningProcess {
  readonly child: ChildProcess;
  /** `null` while it runs; then "code 1" or "signal SIGKILL". */
  end(): string | null;
  readonly ended: Promise<string>;
  said(): string;
}

/**
 * One of Assay's own processes, with the failpoints of the drill in it. Resolves when it is ready, which a line of its
 * own says. @throws when it ends first
 */
export async function startEntry(options: {
  entry: 'worker' | 'api';
  env: Record<string, string>;
  ready: string;
  nodeArguments?: readonly string[];
}): Promise<RunningProcess> {
  const loading = ['--import', 'tsx', ...(options.nodeArguments ?? [])];
  const child = spawn(process.execPath, [...loading, `${ROOT}test/drill/inside/${options.entry}.ts`], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  let said = '';
  let end: string | null = null;
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve((end = signal === null ? `code ${code}` : `signal ${signal}`));
    }),
  );
  const ready = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (process.env['ASSAY_DRILL_VERBOSE']) process.stderr.write(chunk);
      said += String(chunk);
      if (said.includes(options.ready)) resolve();
    });
  });
  const first = await Promise.race([ready, ended]);
  // Killed at once by a failpoint that waited for it is no failure to start.
  if (first !== undefined && !first.startsWith('signal'))
    throw new Error(`the ${options.entry} ended (${first}): ${said}`);
  return { child, end: () => end, ended, said: () => said };
}

/** `kill -9`: no handler runs, nothing is flushed. */
export async function killHard(running: RunningProcess | undefined): Promise<void> {
  if (running === undefined || running.end() !== null) return;
  running.child.kill('SIGKILL');
  await running.ended;
}

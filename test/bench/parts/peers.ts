import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part, PartContext, PartResult } from '../part.js';
import { BENCH_FOLDER } from '../world.js';

export interface PeerFigures {
  tool: string;
  version?: string;
  /** How it was run. */
  mode?: string;
  pipelinesPerMinute?: number;
  /** One pipeline after the other, over its eight steps; undefined where a run has a fixed price that hides it. */
  millisecondsPerStep?: number;
  tasksPerSecond?: number;
  /** Why there are no figures. */
  reason?: string;
}

const HERE = fileURLToPath(new URL('../peers/', import.meta.url));
const PEERS = ['prefect', 'zenml', 'dagster', 'metaflow'] as const;
const INSTALL_MILLISECONDS = 600_000;
const RUN_MILLISECONDS = 120_000;

/** The Python tools, each in an environment of its own: eight steps that do nothing, and a fan-out. */
export const peers: Part = {
  name: 'peers',
  title: 'Python tools: eight steps that do nothing',
  async run(context): Promise<PartResult> {
    const figures: PeerFigures[] = [];
    for (const tool of PEERS) figures.push(await measure(tool, context));
    return {
      columns: ['', 'ms a step', 'pipelines a minute', 'fan-out tasks a second', 'how'],
      rows: figures.map((peer) => [
        `${peer.tool} ${peer.version ?? ''}`.trim(),
        peer.millisecondsPerStep ?? '–',
        peer.pipelinesPerMinute ?? '–',
        peer.tasksPerSecond ?? '–',
        peer.reason ?? peer.mode ?? '',
      ]),
      notes: [
        'a minute: one process or two side by side, whichever did more; each warmed up',
        'scripts and pinned versions: test/bench/peers',
      ],
      figures,
    };
  },
};

async function measure(tool: string, { isQuick, say }: PartContext): Promise<PeerFigures> {
  try {
    const folder = join(BENCH_FOLDER, 'peers', tool);
    await install(tool, folder, say);
    say(`measuring ${tool}`);
    const alone = await pipelines(tool, folder, { name: 'alone', isQuick, fansOut: true });
    // What one process of Python leaves of the machine, a second one takes.
    const pair = await Promise.all(
      ['left', 'right'].map((name) => pipelines(tool, folder, { name, isQuick, fansOut: false })),
    );
    const together = pair.reduce((sum, one) => sum + (one.pipelinesPerMinute ?? 0), 0);
    return { tool, ...alone, pipelinesPerMinute: Math.max(together, alone.pipelinesPerMinute ?? 0) };
  } catch (error) {
    return { tool, reason: (error instanceof Error ? error.message : String(error)).slice(0, 200) };
  }
}

async function pipelines(
  tool: string,
  folder: string,
  { name, isQuick, fansOut }: { name: string; isQuick: boolean; fansOut: boolean },
): Promise<Omit<PeerFigures, 'tool'>> {
  const home = join(folder, name);
  await mkdir(home, { recursive: true });
  const env = {
    BENCH_QUICK: isQuick ? '1' : '0',
    BENCH_FAN_OUT: fansOut ? '1' : '0',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    // No tool reports its use to its maker.
    DO_NOT_TRACK: '1',
  };
  const program = join(folder, 'venv/bin/python');
  const printed = await run(program, [join(HERE, `run_${tool}.py`)], { env, cwd: home, limit: RUN_MILLISECONDS });
  return JSON.parse(printed.trim().split('\n').at(-1)!) as Omit<PeerFigures, 'tool'>;
}

/** Once for each state of the requirements file. */
async function install(tool: string, folder: string, say: (line: string) => void): Promise<void> {
  const file = join(HERE, `${tool}.txt`);
  const wanted = readFileSync(file, 'utf8');
  const installed = join(folder, 'installed.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  say(`installing ${tool}`);
  await mkdir(folder, { recursive: true });
  const venv = join(folder, 'venv');
  const limit = INSTALL_MILLISECONDS;
  await run('python3', ['-m', 'venv', venv], { limit });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', file];
  await run('nice', ['-n', '10', join(venv, 'bin/python'), ...pip], { limit });
  writeFileSync(installed, wanted);
}

/** @returns what it printed on stdout @throws Error with the end of what it said */
function run(
  command: string,
  args: readonly string[],
  { env = {}, cwd, limit }: { env?: Record<string, string>; cwd?: string; limit: number },
): Promise<string> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(cwd !== undefined && { cwd }),
  });
  let [out, said, isLate] = ['', '', false];
  child.stdout.on('data', (chunk: Buffer) => void (out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => void (said = `${said}${String(chunk)}`.slice(-2_000)));
  return new Promise((resolve, reject) => {
    const end = (): void => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // All of its group have ended.
      }
    };
    const timer = setTimeout(() => ((isLate = true), end()), limit);
    child.once('error', (error) => (clearTimeout(timer), reject(error)));
    child.once('close', (code) => {
      clearTimeout(timer);
      end();
      if (code === 0) return resolve(out);
      const why = isLate ? `not done within ${limit / 1000} s` : said.trim().split('\n').at(-1);
      reject(new Error(`${command.split('/').at(-1)} ended with ${code}: ${why}`));
    });
  });
}

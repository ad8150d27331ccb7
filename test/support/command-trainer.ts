import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseCommands } from '../../domain/config/parse-commands.js';
import type { TrainingRequest, TrainingState, Trainer } from '../../domain/ports/trainer.js';
import { jobPaths, type JobPaths } from '../../providers/command/job-folder.js';
import { markOf } from '../../providers/command/keeper.js';
import { processesOf } from '../../providers/command/processes.js';
import { createCommandTrainer } from '../../providers/command/trainer.js';

export type CommandWorld = Awaited<ReturnType<typeof createCommandWorld>>;

/** Trainers whose commands are small Node programs, in a folder of their own. */
export async function createCommandWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'assay-command-'));
  const jobsFolder = join(folder, 'jobs');
  const jobs: string[] = [];

  return {
    folder,
    jobsFolder,

    /** A trainer whose program is this text; what it needs of Node it imports itself. */
    async trainer(
      program: string,
      over: Record<string, unknown> = {},
      environment: Record<string, string> = {},
    ): Promise<Trainer> {
      const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
      await writeFile(path, program);
      const limits = { grace: '300ms', ...(over['limits'] as object | undefined) };
      const models = { baseUrl: 'http://127.0.0.1:9/v1' };
      const entry = { argv: [process.execPath, path], weights: 'weights.bin', models, ...over, limits };
      const { program: parsed } = parseCommands('test', JSON.stringify({ program: entry }));
      return createCommandTrainer({ name: 'program', entry: parsed!, jobsFolder, environment });
    },

    async submit(trainer: Trainer, over: Partial<TrainingRequest> = {}): Promise<JobPaths> {
      const { jobId } = await trainer.submit(request(over));
      jobs.push(jobId);
      return jobPaths(jobsFolder, jobId);
    },

    /** Submits from a process that is killed at once, and with it its process group. */
    async submitFromAnotherProcess(program: string, key: string): Promise<JobPaths> {
      const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
      await writeFile(path, program);
      const told = JSON.stringify({ argv: [process.execPath, path], jobsFolder, key });
      const script = fileURLToPath(new URL('./submitting-process.ts', import.meta.url));
      const child = spawn(process.execPath, ['--import', 'tsx', script, told], {
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [jobId] = (await once(child.stdout, 'data')) as [Buffer];
      process.kill(-child.pid!, 'SIGKILL');
      await once(child, 'exit');
      jobs.push(String(jobId));
      return jobPaths(jobsFolder, String(jobId));
    },

    /** Looks every 30 ms until the job says so. */
    async until(
      trainer: Trainer,
      { jobId }: JobPaths,
      isThere: (state: TrainingState) => boolean,
    ): Promise<TrainingState> {
      for (let looks = 0; looks < 700; looks++) {
        const state = await trainer.follow(jobId, undefined);
        if (isThere(state)) return state;
        await sleep(30);
      }
      throw new Error(`The job did not come so far: ${await readFile(join(jobsFolder, jobId, 'state.json'), 'utf8')}`);
    },

    processes: ({ jobId }: JobPaths): number[] => processesOf(undefined, markOf(jobId)),

    async stop(): Promise<void> {
      for (const jobId of jobs) {
        for (const pid of processesOf(undefined, markOf(jobId))) process.kill(pid, 'SIGKILL');
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function* lines(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const request = (over: Partial<TrainingRequest>): TrainingRequest => ({
  key: `key-${Math.random()}`,
  baseModel: 'scratch',
  training: lines('{"messages":[]}\n'),
  suffix: 'toy',
  seed: 7,
  hyperparameters: {},
  ...over,
});

/** The lines of a program that every one needs. */
export const PROGRAM = `
import fs from 'node:fs';
import { spawn } from 'node:child_process';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const metric = (line) => fs.appendFileSync('metrics.jsonl', JSON.stringify(line) + '\\n');
const leave = (text) => fs.writeFileSync('artifacts/weights.bin', text);
`;

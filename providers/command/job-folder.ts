import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { JobSpec } from './job-spec.js';

/**
 * A job's folder. What stands in `work` is the command's: it is started there and writes there. All beside it is
 * written by Assay alone.
 */
export function jobPaths(jobsFolder: string, jobId: string) {
  const folder = join(jobsFolder, requireJobId(jobId));
  const work = join(folder, 'work');
  return {
    jobsFolder,
    jobId,
    folder,
    spec: join(folder, 'job.json'),
    state: join(folder, 'state.json'),
    events: join(folder, 'events.jsonl'),
    attempts: join(folder, 'attempts'),
    /** Its being there asks for an end. */
    cancel: join(folder, 'cancel'),
    log: join(folder, 'output.log'),
    work,
    training: join(work, 'training.jsonl'),
    validation: join(work, 'validation.jsonl'),
    params: join(work, 'params.json'),
    metrics: join(work, 'metrics.jsonl'),
    checkpoints: join(work, 'checkpoints'),
    artifacts: join(work, 'artifacts'),
    /** HOME and TMPDIR where the entry does not hand over the worker's. */
    scratch: join(work, 'tmp'),
    models: join(jobsFolder, 'models'),
  };
}
export type JobPaths = ReturnType<typeof jobPaths>;

/** The same for every submission of a key. */
export const jobIdOf = (key: string): string => `job-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

/** @throws LifecycleError INVALID_INPUT for what could be a way out of the folder. */
function requireJobId(jobId: string): string {
  if (/^job-[0-9a-f]{24}$/.test(jobId)) return jobId;
  throw new LifecycleError('INVALID_INPUT', 'A job of a command is named job- and 24 hex digits.');
}

interface NewJob {
  spec: JobSpec;
  training: AsyncIterable<Uint8Array>;
  validation: AsyncIterable<Uint8Array> | undefined;
  /** What `params.json` tells the command. */
  params: Record<string, unknown>;
}

/**
 * Makes the folder of a job, inputs first and under another name: it comes to its name by one rename, so a job is there
 * whole or not at all, and of two that make the same one the second finds the first's.
 */
export async function createJobFolder(paths: JobPaths, { spec, training, validation, params }: NewJob): Promise<void> {
  if (existsSync(paths.folder)) return;
  await mkdir(paths.jobsFolder, { recursive: true, mode: 0o755 });
  const unfinished = join(paths.jobsFolder, `.new-${randomUUID()}`);
  const within = (path: string): string => join(unfinished, path.slice(paths.folder.length));
  try {
    for (const folder of [paths.attempts, paths.work, paths.checkpoints, paths.artifacts, paths.scratch])
      await mkdir(within(folder), { recursive: true });
    await writeFile(within(paths.training), training);
    if (validation !== undefined) await writeFile(within(paths.validation), validation);
    await writeFile(within(paths.params), `${JSON.stringify(params, null, 2)}\n`);
    await writeFile(within(paths.spec), `${JSON.stringify(spec, null, 2)}\n`);
    for (const input of [paths.training, paths.params]) await chmod(within(input), 0o444);
    await rename(unfinished, paths.folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
}

/** @throws LifecycleError NOT_FOUND */
export async function readSpec(paths: JobPaths): Promise<JobSpec> {
  const text = await readFile(paths.spec, 'utf8').catch((cause: unknown) => {
    const message = `There is no job ${paths.jobId} in ${paths.jobsFolder}. Is it the folder of another worker?`;
    throw new LifecycleError('NOT_FOUND', message, { jobId: paths.jobId }, cause);
  });
  return JSON.parse(text) as JobSpec;
}

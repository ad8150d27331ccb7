import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { symlink, mkdir, rename, rm, chmod, chown, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { printDuration } from '../../domain/kernel/units/duration.js';
import { printSize } from '../../domain/kernel/units/size.js';
import { hasEnded } from '../../domain/training/has-ended.js';
import { takeInventory, type FoundArtifact } from './artifacts.js';
import { claimAttempt, touchAttempt } from './attempts.js';
import { CappedLog } from './capped-log.js';
import { folderBytes } from './folder-size.js';
import { jobPaths, readSpec, type JobPaths } from './job-folder.js';
import { JobEvents } from './job-events.js';
import type { JobSpec, JobState } from './job-spec.js';
import { readState, writeState } from './job-state.js';
import { LastWords } from './last-words.js';
import { limitedArgv } from './limited-argv.js';
import { metricsLine, readMetrics } from './metrics.js';
import { identityOf, isRunning, processesOf, residentBytes, signal } from './processes.js';

const LOOK_MILLISECONDS = 200;
const SIZE_EVERY_LOOKS = 10;
/** For what is still in the pipes once every process has ended. */
const CLOSE_MILLISECONDS = 1_000;
/** So often is the state written while nothing happens. */
const WRITE_EVERY_LOOKS = 10;

/** Signals by which others end a process that did nothing wrong: the system short of memory, a machine that stops. */
const TAKEN_AWAY = ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'];

/** The environment of a job's processes carries this: it finds those that left their group. */
export const markOf = (jobId: string): string => `ASSAY_JOB=${jobId}`;

/**
 * Runs one attempt of a job to its end, in a process of its own that outlives the worker: starts the command, takes what
 * it says, holds it to its limits, and writes down how it ended. Does nothing where another keeper lives or the job has
 * ended. `environment` is what the command sees, and what is masked in what it says.
 */
export async function keepJob({
  jobsFolder,
  jobId,
  environment,
}: {
  jobsFolder: string;
  jobId: string;
  environment: Record<string, string>;
}): Promise<void> {
  const paths = jobPaths(jobsFolder, jobId);
  const spec = await readSpec(paths);
  const before = readState(paths);
  if (before !== undefined && hasEnded(before)) return;
  const attempt = claimAttempt(paths.attempts);
  if (attempt === undefined) return;
  const keeper = new Keeper(paths, spec, environment, attempt, before);
  await keeper.keep();
}

class Keeper {
  private readonly paths: JobPaths;
  private readonly spec: JobSpec;
  private readonly environment: Record<string, string>;
  private readonly events: JobEvents;
  private readonly mark: string;
  private state: JobState;
  private strange = 0;
  /** Why Assay ended it, where it did. */
  private ended: { status: 'failed' | 'cancelled'; reason: string } | undefined;

  constructor(
    paths: JobPaths,
    spec: JobSpec,
    environment: Record<string, string>,
    attempt: number,
    before: JobState | undefined,
  ) {
    this.paths = paths;
    this.spec = spec;
    this.environment = environment;
    this.mark = markOf(paths.jobId);
    this.events = new JobEvents(paths.events, secretValues(environment));
    const fresh = { ranMilliseconds: 0, metricsRead: 0, leader: null };
    this.state = { ...fresh, ...before, status: 'running', attempt, reason: null, exit: null, artifacts: [] };
  }

  async keep(): Promise<void> {
    // Of a keeper that died, the command may still be there: two of it would write into one folder.
    const { leader } = this.state;
    await this.endAll(leader !== null && isRunning(leader) ? leader.pid : undefined);
    this.takeMetrics();
    this.state.leader = null;
    this.write();
    try {
      if (this.isCancelAsked()) return this.finish('cancelled', 'cancelled before it was started');
      if (this.state.attempt > 1 + this.spec.limits.restarts)
        return this.finish('failed', `its process was lost ${this.state.attempt - 1} times; it is not started again`);
      await this.runCommand();
    } finally {
      this.events.close();
    }
  }

  private async runCommand(): Promise<void> {
    const { spec, paths, state } = this;
    const isAgain = state.attempt > 1;
    const { argv, areSet } = limitedArgv(isAgain ? [...spec.argv, ...spec.resume] : spec.argv, spec.limits);
    const hasCheckpoint = (await readdir(paths.checkpoints).catch(() => [])).length > 0;
    if (spec.user !== null) await giveTo(paths.work, spec.user);
    this.events.say(
      isAgain
        ? `attempt ${state.attempt}: the process was lost, ${hasCheckpoint ? 'it goes on from its last checkpoint' : 'it begins again: there is no checkpoint yet'}`
        : `attempt 1: ${spec.command} starts${areSet ? '' : '; this system sets no resource limits'}`,
      { attempt: state.attempt },
    );
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: paths.work,
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...this.environment, ...this.ownVariables() },
      ...spec.user,
    });
    const ending = endOf(child);
    const closed = new Promise((resolve) => child.once('close', resolve));
    if (child.pid !== undefined) state.leader = identityOf(child.pid) ?? { pid: child.pid, startedAt: '' };
    this.write();
    const log = new CappedLog(paths.log, spec.limits.outputBytes);
    const words = new LastWords();
    listen(child, { log, words, events: this.events });
    const watching = this.watch(child.pid);
    const { code, signal: by, error } = await ending;
    watching.stop();
    await this.endAll(child.pid);
    await Promise.race([closed, sleep(CLOSE_MILLISECONDS)]);
    for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners('data').destroy();
    log.close();
    this.takeMetrics();
    const lastWords = words.said(secretValues(this.environment));
    await this.judge({ code, signal: by, lastWords: error ?? lastWords });
  }

  /** How the attempt ended, in the state. */
  private async judge(exit: NonNullable<JobState['exit']>): Promise<void> {
    if (this.ended !== undefined) return this.finish(this.ended.status, this.ended.reason, exit);
    if (exit.signal !== null && TAKEN_AWAY.includes(exit.signal)) {
      this.events.say(`the process was ended from outside (${exit.signal})`);
      return this.finish('interrupted', `ended from outside by ${exit.signal}`, exit);
    }
    if (exit.code !== 0) return this.finish('failed', endInWords(exit), exit);
    try {
      const { weights, limits } = this.spec;
      const found = await takeInventory(this.paths.artifacts, { weights, mostBytes: limits.artifactBytes });
      await this.publish(found);
      this.state.artifacts = found;
      this.finish('succeeded', null, exit);
    } catch (error) {
      if (!isLifecycleError(error, 'ARTIFACT')) throw error;
      this.finish('failed', `it ended with exit code 0, but ${error.message}`, exit);
    }
  }

  /** Looks after the command while it runs: its metrics, its limits, and whether it is to end. */
  private watch(pid: number | undefined): { stop(): void } {
    const over = new AbortController();
    let before = Date.now();
    const loop = async (): Promise<void> => {
      for (let looks = 1; !over.signal.aborted; looks += 1) {
        await sleep(LOOK_MILLISECONDS);
        if (over.signal.aborted) return;
        const now = Date.now();
        this.state.ranMilliseconds += now - before;
        before = now;
        const isNews = this.takeMetrics();
        const end = await this.reasonToEnd(pid, looks % SIZE_EVERY_LOOKS === 0);
        if (end !== undefined) {
          this.ended = end;
          await this.endAll(pid);
          return;
        }
        if (isNews || looks % WRITE_EVERY_LOOKS === 0) this.write();
        if (looks % WRITE_EVERY_LOOKS === 0) touchAttempt(this.paths.attempts, this.state.attempt);
      }
    };
    void loop();
    return { stop: () => over.abort() };
  }

  private async reasonToEnd(pid: number | undefined, isSizeDue: boolean): Promise<Keeper['ended']> {
    const { wallTimeMilliseconds, memoryBytes, folderBytes: most } = this.spec.limits;
    if (this.isCancelAsked()) return { status: 'cancelled', reason: 'cancelled on command' };
    if (this.state.ranMilliseconds > wallTimeMilliseconds)
      return { status: 'failed', reason: `it ran longer than its limit of ${printDuration(wallTimeMilliseconds)}` };
    const resident = memoryBytes === null ? undefined : residentBytes(processesOf(pid, this.mark));
    if (memoryBytes !== null && (resident ?? 0) > memoryBytes)
      return { status: 'failed', reason: `it used more memory than its limit of ${printSize(memoryBytes)}` };
    if (isSizeDue && (await folderBytes(this.paths.work)) > most)
      return { status: 'failed', reason: `it wrote more than its limit of ${printSize(most)}` };
    return undefined;
  }

  /** Metrics become events. @returns whether there were any. */
  private takeMetrics(): boolean {
    const { attempt } = this.state;
    for (let taken = 0; ;) {
      const { metrics, read, strange } = readMetrics(this.paths.metrics, this.state.metricsRead);
      if (read === this.state.metricsRead) return taken > 0;
      this.state.metricsRead = read;
      taken += metrics.length;
      for (const each of metrics) this.events.say(metricsLine(each), attempt > 1 ? { ...each, attempt } : each);
      if (strange > 0 && this.strange === 0)
        this.events.say('metrics.jsonl has lines that are no objects with numbers');
      this.strange += strange;
    }
  }

  /** Ends every process of the job: asks, waits, kills; those that come up meanwhile too. */
  private async endAll(leader: number | undefined): Promise<void> {
    const deadline = Date.now() + this.spec.limits.graceMilliseconds;
    const all = (): number[] => processesOf(leader, this.mark);
    for (const pid of all()) signal(pid, 'SIGTERM');
    while (all().length > 0 && Date.now() < deadline) await sleep(50);
    for (let left = all(); left.length > 0; left = all()) {
      left.forEach((pid) => signal(pid, 'SIGKILL'));
      await sleep(50);
    }
  }

  /** The result under its name, for whoever serves it; and it is not written to any more. */
  private async publish(found: readonly FoundArtifact[]): Promise<void> {
    const { artifacts, models } = this.paths;
    for (const { name } of found) await chmod(join(artifacts, name), 0o444);
    await mkdir(models, { recursive: true });
    const path = join(models, this.spec.model);
    const unfinished = `${path}.new`;
    await rm(unfinished, { force: true });
    await symlink(relative(models, artifacts), unfinished);
    await rename(unfinished, path);
  }

  private ownVariables(): Record<string, string> {
    const { scratch, work, jobId } = this.paths;
    return {
      HOME: this.environment['HOME'] ?? scratch,
      TMPDIR: this.environment['TMPDIR'] ?? scratch,
      ASSAY_JOB: jobId,
      ASSAY_JOB_FOLDER: work,
      ASSAY_ATTEMPT: String(this.state.attempt),
    };
  }

  private isCancelAsked = (): boolean => existsSync(this.paths.cancel);

  private finish(status: JobState['status'], reason: string | null, exit: JobState['exit'] = null): void {
    this.events.say(status === 'succeeded' ? 'the command ended, its artifacts are hashed' : `${status}: ${reason}`);
    this.state = { ...this.state, status, reason, exit };
    this.write();
  }

  private write(): void {
    writeState(this.paths, this.state);
  }
}

const endInWords = ({ code, signal }: NonNullable<JobState['exit']>): string =>
  signal === null
    ? code === null
      ? 'it could not be started'
      : `it ended with exit code ${code}`
    : `it was ended by ${signal}`;

interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  error?: string;
}

/** Once the process itself has ended: children of it may still hold its pipes. */
const endOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error: error.message }));
  });

function listen(child: ChildProcess, to: { log: CappedLog; words: LastWords; events: JobEvents }): void {
  for (const [stream, isError] of [
    [child.stdout, false],
    [child.stderr, true],
  ] as const) {
    stream?.on('data', (chunk: Buffer) => {
      to.log.write(chunk);
      for (const line of to.words.hear(chunk, isError)) to.events.printed(line);
    });
  }
}

/** Values of variables whose name says that they are secret. */
const secretValues = (environment: Record<string, string>): string[] =>
  Object.entries(environment)
    .filter(([name, value]) => /KEY|TOKEN|SECRET|PASS|CREDENTIAL/i.test(name) && value.length >= 6)
    .map(([, value]) => value);

async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await chown(join(folder, entry.name), uid, gid);
  await chmod(dirname(folder), 0o755);
}

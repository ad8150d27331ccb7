import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { startChild, type Child, type ChildCommand } from './child.js';
import { endGroup, signalGroup } from './end-process.js';
import { endLeftover, noteEnded, noteRunning } from './leftover.js';
import { LogFile } from './log-file.js';
import { untilReady, type Readiness } from './readiness.js';

export interface ProcessSpec extends ChildCommand {
  /** Names the log file and the process in messages. */
  readonly name: string;
  readonly ready: Readiness;
  readonly readyWithinMilliseconds?: number;
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  readonly patienceMilliseconds?: number;
  /** False leaves a crashed process down. Default: it is started again, after 0.5 s, then twice as long each time. */
  readonly restart?: boolean;
  /** Runs before every start, also before a restart. */
  readonly beforeStart?: () => Promise<void>;
}

export interface ProcessFolders {
  /** `<logs>/<name>.log` takes the output. */
  readonly logs: string;
  /** `<running>/<name>.json` notes the process id. */
  readonly running: string;
}

const READY_MILLISECONDS = 60_000;
const PATIENCE_MILLISECONDS = 10_000;
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 30_000;
const CALM_MILLISECONDS = 60_000;

/** One child process that is kept up until it is told to stop. */
export class SupervisedProcess {
  readonly name: string;
  private readonly spec: ProcessSpec;
  private readonly note: string;
  private readonly logFile: LogFile;
  private readonly log: (line: string) => void;
  private readonly stopping = new AbortController();
  private child: Child | undefined;
  private pauseMilliseconds = FIRST_PAUSE_MILLISECONDS;

  constructor(spec: ProcessSpec, folders: ProcessFolders, log: (line: string) => void) {
    this.name = spec.name;
    this.spec = spec;
    this.note = join(folders.running, `${spec.name}.json`);
    this.logFile = new LogFile(join(folders.logs, `${spec.name}.log`));
    this.log = log;
  }

  get pid(): number | undefined {
    return this.child?.identity?.pid;
  }

  private get stopSignal(): NodeJS.Signals {
    return this.spec.stopSignal ?? 'SIGTERM';
  }

  /**
   * Starts the process and waits until it is ready.
   * @throws LifecycleError COMMAND when it ends first or is not ready in time; it is down then
   */
  async start(): Promise<void> {
    const leftover = await endLeftover(this.note, this.stopSignal);
    if (leftover !== undefined) this.log(`${this.name}: ended process ${leftover} of an earlier start`);
    const startedAt = Date.now();
    const child = await this.launch();
    if (this.spec.restart !== false) void child.ended.then((end) => this.comeBack(end, startedAt));
  }

  /** Asks the process to end, kills it when it does not, and returns when it is gone. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.end();
  }

  /** Kills without waiting: for the moment in which this process itself ends. */
  kill(): void {
    this.stopping.abort();
    if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL');
  }

  private async launch(): Promise<Child> {
    await this.spec.beforeStart?.();
    this.stopping.signal.throwIfAborted();
    let sawLine = false;
    const { ready } = this.spec;
    const child = startChild(this.spec, this.logFile, (line) => {
      if ('line' in ready) sawLine ||= ready.line.test(line);
    });
    this.child = child;
    if (child.identity !== undefined) noteRunning(this.note, child.identity);
    await this.becomeReady(child, () => sawLine);
    return child;
  }

  private async becomeReady(child: Child, sawLine: () => boolean): Promise<void> {
    const giveUp = new AbortController();
    const ended = child.ended.then((end) => (giveUp.abort(), end));
    const withinMilliseconds = this.spec.readyWithinMilliseconds ?? READY_MILLISECONDS;
    const signal = AbortSignal.any([giveUp.signal, AbortSignal.timeout(withinMilliseconds)]);
    if (await untilReady(this.spec.ready, sawLine, signal)) return;
    const why = giveUp.signal.aborted ? `ended (${await ended})` : `was not ready within ${withinMilliseconds} ms`;
    await this.end();
    throw new LifecycleError('COMMAND', `${this.name} ${why}; see ${this.logFile.path}\n${this.logFile.tail()}`, {
      process: this.name,
      log: this.logFile.path,
    });
  }

  private async end(): Promise<void> {
    const identity = this.child?.identity;
    if (identity !== undefined) {
      const patienceMilliseconds = this.spec.patienceMilliseconds ?? PATIENCE_MILLISECONDS;
      await endGroup(identity, { signal: this.stopSignal, patienceMilliseconds });
      await this.child?.ended;
    }
    noteEnded(this.note);
  }

  private async comeBack(end: string, startedAt: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    if (Date.now() - startedAt > CALM_MILLISECONDS) this.pauseMilliseconds = FIRST_PAUSE_MILLISECONDS;
    const pause = this.pauseMilliseconds;
    this.pauseMilliseconds = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
    this.log(`${this.name} ended (${end}); starting it again in ${pause} ms; log: ${this.logFile.path}`);
    await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => {});
    if (this.stopping.signal.aborted) return;
    await this.start().catch((error: unknown) => this.comeBack(String(error), Date.now()));
  }
}

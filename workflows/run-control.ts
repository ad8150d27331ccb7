import { CancellationScope, condition, log, setHandler } from '@temporalio/workflow';
import type { RunStatus, Stage } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { commandSignal, idIn, lifecycleStateQuery } from './messages.js';

/** What people may do to a run while it goes: pause it before its next stage, resume it, cancel it. */
export class RunControl {
  readonly scope = new CancellationScope();
  stage: Stage | null = null;
  private isPaused = false;
  private turn: Promise<void> = Promise.resolve();
  private readonly taken = new Set<string>();
  private readonly runId: string;

  constructor(runId: string) {
    this.runId = runId;
    setHandler(commandSignal, (message) => this.obeyInTurn(idIn(message, 'id')));
    setHandler(lifecycleStateQuery, () => ({ runId, stage: this.stage, status: this.status() }));
  }

  /** Enters a stage, once the run is not paused. */
  async enter(stage: Stage): Promise<void> {
    if (this.isPaused) await condition(() => !this.isPaused);
    this.stage = stage;
  }

  private status(): RunStatus {
    return this.isPaused ? 'paused' : 'running';
  }

  /** In the order of the messages: a resume never overtakes the pause before it. */
  private obeyInTurn(commandId: string): Promise<void> {
    this.turn = this.turn.then(() => this.obey(commandId));
    return this.turn;
  }

  /**
   * Each command counts once, however often its message comes. One that has no row is not obeyed: the activity
   * returns nothing, and has audited the attempt. An error here would fail the run, so it is only logged.
   */
  private async obey(commandId: string): Promise<void> {
    if (this.taken.has(commandId)) return;
    try {
      const command = await bookkeeping.takeCommand({ runId: this.runId, commandId });
      if (command === undefined) return;
      this.taken.add(commandId);
      if (command.kind === 'cancel') this.scope.cancel();
      else this.isPaused = command.kind === 'pause';
    } catch (error) {
      log.error('a command could not be taken', { commandId, error });
    }
  }
}

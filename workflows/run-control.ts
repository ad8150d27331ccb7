import { CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { RunStatus, Stage } from '../domain/kernel/states.js';
import { bookkeeping } from './activity-proxies.js';
import { commandSignal, lifecycleStateQuery } from './messages.js';

/** What people may do to a run while it goes: pause it before its next stage, resume it, cancel it. */
export class RunControl {
  readonly scope = new CancellationScope();
  stage: Stage | null = null;
  private isPaused = false;
  private readonly runId: string;

  constructor(runId: string) {
    this.runId = runId;
    setHandler(commandSignal, ({ id }) => this.obey(id));
    setHandler(lifecycleStateQuery, () => ({ runId, stage: this.stage, status: this.status() }));
  }

  /** Enters a stage, once the run is not paused. */
  async enter(stage: Stage): Promise<void> {
    await condition(() => !this.isPaused);
    this.stage = stage;
  }

  private status(): RunStatus {
    return this.isPaused ? 'paused' : 'running';
  }

  /** A command that has no row is not obeyed: the activity returns nothing, and has audited the attempt. */
  private async obey(commandId: string): Promise<void> {
    const command = await bookkeeping.takeCommand({ runId: this.runId, commandId });
    if (command === undefined) return;
    if (command.kind === 'cancel') return this.scope.cancel();
    this.isPaused = command.kind === 'pause';
  }
}

import { Context } from '@temporalio/activity';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { RunRecord, RunStore } from '../domain/ports/run-store.js';
import type { Trainer, TrainingEvent, TrainingState } from '../domain/ports/trainer.js';
import { beating } from './heartbeat.js';
import { bear, vanishedState, type Borne } from './strange-jobs.js';
import { tellingOutage } from './told-outage.js';

/** A job is asked often while it says something new, and more and more seldom while it does not. */
const POLL_MILLISECONDS = 500;
const SLOWEST_POLL_MILLISECONDS = 5_000;
const SLOWER = 1.25;
/** How far a job was followed: what a next attempt resumes from. */
interface Seen extends Borne {
  after?: string | undefined;
}

export function createFollowActivities({ runs, trainers }: { runs: RunStore; trainers: Record<string, Trainer> }) {
  async function follow(runId: string, jobId: string, seen: Seen): Promise<void> {
    const context = Context.current();
    const trainer = trainerOfRun(trainers, await runs.load(runId));
    let pause = POLL_MILLISECONDS;
    let told = '';
    for (;;) {
      const state = await trainer.follow(jobId, seen.after, context.cancellationSignal).catch(vanishedState(jobId));
      const isNews = state.events.length > 0 || state.rawStatus !== told;
      await runs.keepEvents(runId, 'fine-tune', state.events);
      if (isNews) await runs.setProgress(runId, 'fine-tune', progressLine(state.rawStatus, state.events));
      told = state.rawStatus;
      seen.after = state.events.at(-1)?.id ?? seen.after;
      if (state.status === 'succeeded') return;
      if (state.status === 'failed' || state.status === 'cancelled') throw jobEnded(state);
      bear(state, seen);
      pause = isNews ? POLL_MILLISECONDS : Math.min(pause * SLOWER, SLOWEST_POLL_MILLISECONDS);
      await context.sleep(pause);
    }
  }

  return {
    /** Ends when the job has; resumes after the last event that a heartbeat named. */
    followTraining({ runId, jobId }: { runId: string; jobId: string }): Promise<void> {
      const seen: Seen = { ...(Context.current().info.heartbeatDetails as Seen | undefined) };
      return beating(
        () => tellingOutage(runs, { runId, stage: 'fine-tune' }, () => follow(runId, jobId, seen)),
        () => ({ ...seen }),
      );
    },
  };
}

/** @throws LifecycleError INVALID_INPUT where the lifecycle names a provider that this worker was not given. */
export function trainerOfRun(trainers: Record<string, Trainer>, { plan }: RunRecord): Trainer {
  const trainer = trainers[plan.model.provider];
  if (trainer) return trainer;
  const known = Object.keys(trainers).join(', ') || 'none';
  throw new LifecycleError('INVALID_INPUT', `No provider is named '${plan.model.provider}'. Known: ${known}.`);
}

function progressLine(status: string, events: TrainingEvent[]): string {
  const last = events.findLast((event) => event.data['loss'] !== undefined);
  const loss = last?.data['loss'];
  return loss === undefined ? `job ${status}` : `job ${status}: loss ${loss.toFixed(4)}`;
}

function jobEnded({ jobId, rawStatus, error, exit }: TrainingState): LifecycleError {
  const message = `The training job ${jobId} ended as '${rawStatus}'${error ? `: ${error}` : ''}.`;
  const details = { jobId, status: rawStatus };
  if (exit === undefined) return new LifecycleError('INVALID_INPUT', message, details);
  const { code, signal, lastWords } = exit;
  const said = lastWords === '' ? 'It printed nothing.' : `The last that it said:\n${lastWords}`;
  return new LifecycleError('COMMAND', `${message} ${said}`, { ...details, code, signal, lastWords, retryable: false });
}

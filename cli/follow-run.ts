import { setTimeout as sleep } from 'node:timers/promises';
import type { RunView } from '../domain/api/run.js';
import { isEnded } from '../domain/kernel/states.js';
import type { ApiClient } from './api-client.js';
import { isPassing } from './api-request.js';

export interface FollowOptions {
  /** Called with every view that differs from the one before. */
  onChange: (view: RunView) => void | Promise<void>;
  /** Stops before the run's end when this says so. */
  isEnough?: (view: RunView) => boolean;
  pollMilliseconds?: number;
  signal?: AbortSignal;
}

const POLL_MILLISECONDS = 500;
/** An api that restarts is waited for; one that stays away is an error. */
const PATIENCE_MILLISECONDS = 30_000;

/**
 * Follows a run by asking for it, until it ends or is enough.
 * @throws LifecycleError NOT_FOUND; PROVIDER when the api stays away; the signal's reason when it is aborted
 */
export async function followRun(api: ApiClient, runId: string, options: FollowOptions): Promise<RunView> {
  let before = '';
  for (;;) {
    const view = await patientRun(api, runId, options.signal);
    const now = JSON.stringify(view);
    if (now !== before) await options.onChange(view);
    before = now;
    if (isEnded(view.status) || options.isEnough?.(view) === true) return view;
    await sleep(options.pollMilliseconds ?? POLL_MILLISECONDS, undefined, { signal: options.signal });
  }
}

async function patientRun(api: ApiClient, runId: string, signal: AbortSignal | undefined): Promise<RunView> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await api.run(runId);
    } catch (error) {
      if (!isPassing(error) || Date.now() >= deadline) throw error;
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunLogEntryView } from '../domain/api/run-log.js';
import type { ApiClient } from './api-client.js';
import { isPassing } from './api-request.js';

const POLL_MILLISECONDS = 500;
/** An api that restarts is waited for; one that stays away is an error. */
const PATIENCE_MILLISECONDS = 30_000;

interface LogOptions {
  runId: string;
  stage: string | undefined;
  after: string | undefined;
  /** Whether to wait for what follows, until the run has ended. */
  follow: boolean;
  onEntry: (entry: RunLogEntryView) => void;
  signal: AbortSignal;
}

/** Reads a run's log page by page. @returns the cursor from which to go on. @throws as the api; the signal's reason */
export async function followLog(api: ApiClient, options: LogOptions): Promise<string | undefined> {
  const { runId, stage, follow, onEntry, signal } = options;
  let { after } = options;
  let deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    signal.throwIfAborted();
    try {
      const page = await api.runLog(runId, { after, stage });
      page.entries.forEach(onEntry);
      after = page.next ?? after;
      deadline = Date.now() + PATIENCE_MILLISECONDS;
      if (page.isComplete || (page.entries.length === 0 && !follow)) return after;
      if (page.entries.length > 0) continue;
    } catch (error) {
      if (!isPassing(error) || Date.now() >= deadline) throw error;
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal });
  }
}

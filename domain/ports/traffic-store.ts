import type { Evidence } from '../evidence/evidence.js';
import type { Digest } from '../kernel/digest.js';
import type { TriggerKind } from '../kernel/states.js';

/** One answered request as the gateway recorded it. Texts are masked before they are stored. */
export interface TrafficItem {
  id: string;
  /** ISO 8601. */
  at: string;
  versionId: string;
  /** The application's own key for the item, e.g. the path of a mail; null where it sent none. */
  itemKey: string | null;
  maskedInput: string;
  output: string;
  /** What people said it was, where they did. */
  label: string | null;
}

/** A position in an alias's traffic: everything up to and including it was looked at. */
export interface TrafficCursor {
  at: string;
  id: string;
}

export interface MonitorWindow {
  id: string;
  project: string;
  alias: string;
  /** New traffic since the window before. */
  items: number;
  /** Items of the champion's that had a label when the window was judged. */
  labelled: number;
  verdict: 'drift' | 'no-drift' | 'too-few';
  evidence: Digest;
  upTo: TrafficCursor;
}

export interface TrafficStore {
  /** Items after the cursor, oldest first. */
  since(project: string, alias: string, after: TrafficCursor | null, limit: number): Promise<TrafficItem[]>;
  /** The last window on file; null before the first. */
  lastWindow(project: string, alias: string): Promise<MonitorWindow | null>;
  /** What this version answered and people have labelled: how many in all, and the latest of them, oldest first. */
  labelled(
    project: string,
    alias: string,
    versionId: string,
    limit: number,
  ): Promise<{ total: number; latest: TrafficItem[] }>;
  /**
   * Stores the window with its evidence and, for drift, writes the trigger: one transaction.
   * @param previousId the last window on file when this one was judged; null: none was.
   * @throws CONFLICT when another window came since: the same traffic is never judged in two of them.
   */
  recordWindow(
    window: MonitorWindow,
    evidence: Evidence,
    previousId: string | null,
  ): Promise<{ triggerId: string | null }>;
  /** Labels by item key, as people gave them in service; the latest word counts. */
  labels(project: string, alias: string): Promise<Map<string, string>>;
}

/** What the decision to retrain rests on, read from Postgres at that moment. */
export interface RetrainFacts {
  trigger: { id: string; kind: TriggerKind };
  /** The run that this trigger has started; null: none yet. */
  startedRunId: string | null;
  /** Judged windows with drift in a row, latest first, since the champion went live. */
  driftedWindows: number;
  /** Labels given since the champion's run was requested. */
  newLabels: number;
  /** The run whose version is champion: its plan is run again. */
  championRunId: string | null;
  /** A run of this lifecycle that has not ended. */
  runningRunId: string | null;
  /** When the last run that a trigger started was requested, ISO 8601. */
  lastRetrainAt: string | null;
  /** The database's clock, ISO 8601. */
  now: string;
}

export interface RetrainStore {
  /** Undefined where there is no such trigger for this model (a forged signal), which is audited. */
  facts(project: string, name: string, triggerId: string): Promise<RetrainFacts | undefined>;
  /** Requests a run of the champion's plan; the same start key gives the same run. */
  requestRun(request: {
    project: string;
    name: string;
    triggerId: string;
    startKey: string;
  }): Promise<{ runId: string }>;
  /** A trigger by the clock or by hand; the same key is the same trigger. */
  record(trigger: {
    project: string;
    name: string;
    kind: 'schedule' | 'manual';
    key: string;
  }): Promise<{ triggerId: string }>;
  /** Says what became of a trigger, in words; the last word stands. */
  settle(triggerId: string, outcome: string): Promise<void>;
}

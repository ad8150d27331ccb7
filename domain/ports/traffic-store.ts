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
  items: number;
  verdict: 'drift' | 'no-drift' | 'too-few';
  evidence: Digest;
  upTo: TrafficCursor;
}

export interface TrafficStore {
  /** Items after the cursor, oldest first. */
  since(project: string, alias: string, after: TrafficCursor | null, limit: number): Promise<TrafficItem[]>;
  /** Where the last judged window ended; null before the first. */
  cursor(project: string, alias: string): Promise<TrafficCursor | null>;
  /** Stores the window with its evidence, moves the cursor and, for drift, writes the trigger: one transaction. */
  recordWindow(window: MonitorWindow, evidence: Evidence): Promise<{ triggerId: string | null }>;
  /** Labels by item key, as people gave them in service; the latest word counts. */
  labels(project: string, alias: string): Promise<Map<string, string>>;
}

export interface RetrainFacts {
  trigger: { id: string; kind: TriggerKind };
  /** Labels given since the last run of this model was started. */
  newLabels: number;
  /** The run whose version is champion: its plan is run again. */
  championRunId: string | null;
  runningRunId: string | null;
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
  /** Says what became of a trigger, once, in words. */
  settle(triggerId: string, outcome: string): Promise<void>;
  isEnded(runId: string): Promise<boolean>;
}

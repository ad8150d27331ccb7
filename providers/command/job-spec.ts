import type { CommandLimits } from '../../domain/commands/command-entry.js';

/** What a job is to do, as it was when it was submitted: later changes of the configuration are for later jobs. */
export interface JobSpec {
  key: string;
  command: string;
  /** The program and its arguments, parameters filled in. */
  argv: string[];
  resume: string[];
  /** The name under which the result is served. */
  model: string;
  weights: string;
  limits: CommandLimits;
  user: { uid: number; gid: number } | null;
}

/** How far a job is. Written by its keeper alone, whole each time. */
export interface JobState {
  status: 'running' | 'interrupted' | 'succeeded' | 'failed' | 'cancelled';
  attempt: number;
  /** The command's own process, leader of its group; null before it was started. */
  leader: { pid: number; startedAt: string } | null;
  /** All attempts together. */
  ranMilliseconds: number;
  /** Bytes of `metrics.jsonl` that were taken. */
  metricsRead: number;
  /** Why it ended as it did, in words. */
  reason: string | null;
  exit: { code: number | null; signal: string | null; lastWords: string } | null;
  /** Of a job that succeeded: what stands in `artifacts/`. */
  artifacts: { name: string; digest: string; bytes: number }[];
}

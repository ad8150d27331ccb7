import type { Digest } from '../kernel/digest.js';
import type { OverlapPolicy, ScheduleCommandKind } from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';

/** When a schedule is due, and what happens to a time that comes while its last run goes on. */
export interface ScheduleTiming {
  /** Five fields. */
  cron: string;
  timeZone: string;
  /** Each start is up to so much later, at random. */
  jitterMilliseconds: number;
  overlap: OverlapPolicy;
  /** What was missed (Temporal was away) for longer than this stays missed. */
  catchUpMilliseconds: number;
}

export interface ScheduledPlan {
  plan: LifecyclePlan;
  planDigest: Digest;
}

export interface ScheduleRecord extends ScheduleTiming {
  project: string;
  id: string;
  /** The lifecycle's. */
  name: string;
  isPaused: boolean;
  isDeleted: boolean;
}

/** Beside its kind: the range of a backfill (ISO 8601), and an overlap policy for this once. */
export interface ScheduleCommandDetails {
  from?: string;
  to?: string;
  overlap?: OverlapPolicy | undefined;
}

export interface ScheduleCommandRecord {
  id: string;
  kind: ScheduleCommandKind;
  details: ScheduleCommandDetails;
  /** ISO 8601. */
  at: string;
}

/** The schedule's times are whole seconds: `2026-03-29T01:00:00Z`, as they stand in the ids of its workflows. */
export const nominalTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** The same time of a schedule is the same run. */
export const scheduledStartKey = (schedule: string, nominal: string): string => `schedule/${schedule}/${nominal}`;

/** Times that one backfill may start: Temporal keeps no more waiting for each other. */
export const MOST_BACKFILLED = 1_000;

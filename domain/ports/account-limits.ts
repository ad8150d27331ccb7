import type { CallCost, ProviderLimits } from '../limits/provider-limits.js';
import type { ProjectDemand } from '../limits/share-out.js';

/** Calls that wait at one worker, and what it has under way. */
export interface CallDemand {
  account: string;
  limits: ProviderLimits;
  /** Unique to the worker process. */
  worker: string;
  /** The worker's calls that have not ended: its lease on places, which lapses when it says nothing for a while. */
  underWay: number;
  /** What was granted and not used, or is owed for calls that cost more than was said (below zero). */
  givenBack: CallCost;
  demands: ProjectDemand[];
}

export interface CallGrant {
  /** How many of each project's calls may be begun: the first ones. */
  granted: Record<string, number>;
  /** When to ask again for the rest; null where nothing is left to ask for. */
  afterMilliseconds: number | null;
  /** For so long the provider asked everybody to wait; 0: not at all. */
  heldMilliseconds: number;
}

/** What all workers share of a provider's account. Times are the database's. */
export interface AccountLimits {
  takeCalls(demand: CallDemand): Promise<CallGrant>;
  /** Nobody begins a call for so long; a longer hold that is there already stays. */
  holdBack(account: string, milliseconds: number): Promise<void>;
  /**
   * Takes the run's place among the account's training jobs, or finds it taken; false: it waits, and keeps its place in
   * the queue while it asks at least every ten seconds. A place is the run's until its training stage has ended.
   */
  takeJob(job: { account: string; limits: ProviderLimits; runId: string }): Promise<boolean>;
  /** Gives the place back; the run may have none. */
  endJob(account: string, runId: string): Promise<void>;
  /** The project of a run, for which its calls are counted. @throws LifecycleError NOT_FOUND */
  projectOf(runId: string): Promise<string>;
}

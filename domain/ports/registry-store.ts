import type { Digest } from '../kernel/digest.js';
import type { TrainedModel } from './trainer.js';

export interface ModelVersion {
  /** `<name>@<number>`, e.g. `email-triage@2`. */
  id: string;
  project: string;
  name: string;
  number: number;
  runId: string;
  trained: TrainedModel;
  baseModel: string;
  /** The id of its `training` evidence. */
  evidence: Digest;
}

/** Shares of an alias's traffic; weights are percentages that sum to 100. */
export interface AliasRoute {
  alias: string;
  /** Grows by one with every move; what a compare-and-swap expects. 0: the alias has never been set. */
  revision: number;
  routes: { versionId: string; weight: number }[];
  /** The version that is promoted: the baseline of the next comparison. */
  champion: string | null;
}

export interface RouteMove {
  project: string;
  alias: string;
  expectedRevision: number;
  routes: { versionId: string; weight: number }[];
  champion: string | null;
  runId: string;
  /** The approval under which this happens. */
  requestId: string;
  reason: string;
  /** Makes a repeated move the same move. */
  key: string;
}

export interface RegistryStore {
  /** One version per run; a repeated call returns it. */
  register(version: Omit<ModelVersion, 'id' | 'number'>): Promise<ModelVersion>;
  /** @throws NOT_FOUND */
  version(project: string, versionId: string): Promise<ModelVersion>;
  route(project: string, alias: string): Promise<AliasRoute>;
  /** Compare-and-swap on the revision. @throws CONFLICT when another move came first. */
  move(move: RouteMove): Promise<AliasRoute>;
}

import type { Evidence } from '../evidence/evidence.js';
import type { Digest } from '../kernel/digest.js';
import type { ImportState } from '../kernel/states.js';
import type { BaseModelCard } from '../lifecycle-file/plan.js';

/** Where a base model comes from: a model that a provider serves, or a folder of weights that the worker can read. */
export type ImportSource = { kind: 'endpoint'; provider: string; model: string } | { kind: 'weights'; folder: string };

/** A base model that somebody asked to import. */
export interface BaseImport {
  id: string;
  project: string;
  name: string;
  source: ImportSource;
  card: BaseModelCard;
  requestedBy: string;
  state: ImportState;
  /** Set when it was imported: the base model is then `<name>@<number>`. */
  number: number | null;
  /** Of kind `base-import`. */
  evidence: Digest | null;
  /** Why it was refused. */
  reason: string | null;
}

/** What a worker writes of imports. Every call may be repeated: an import ends once. */
export interface ImportStore {
  /** @throws LifecycleError NOT_FOUND */
  load(importId: string): Promise<BaseImport>;
  /** Ends it as the next version of its name. */
  finish(importId: string, evidence: Evidence): Promise<void>;
  refuse(importId: string, reason: string): Promise<void>;
}

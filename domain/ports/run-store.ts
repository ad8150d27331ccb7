import type { Evidence, EvidenceKind } from '../evidence/evidence.js';
import type { Digest } from '../kernel/digest.js';
import type {
  CommandKind,
  ReusableStage,
  ReuseKind,
  RunStatus,
  Stage,
  StageStatus,
  TriggerKind,
} from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';
import type { Variance } from '../training/variance.js';
import type { TrainedModel } from './trainer.js';
import type { TrainingEvent } from './trainer.js';

export interface RunRecord {
  id: string;
  project: string;
  /** The lifecycle's name: also the name of the model that it makes. */
  name: string;
  status: RunStatus;
  requestedBy: string;
  plan: LifecyclePlan;
  planDigest: Digest;
  trigger: { id: string; kind: TriggerKind } | null;
  /** The model version that this run makes again; null for one that makes its own. */
  recreates: string | null;
}

/** What one finished stage leaves: its row, its evidence, and how the evidence was used, in one transaction. */
export interface FinishedStage {
  runId: string;
  stage: Stage;
  status: StageStatus;
  /** Small and for people: counts, scores, digests. Never above 16 KB. */
  summary: Record<string, unknown>;
  /** What the stages after it are given: ids and digests. Without it no other run can go on from this stage. */
  result?: object;
  evidence: Evidence[];
  /** Where more or less was trained than quoted, so that it is worth an event of its own. */
  variance?: Variance;
}

/** The run whose result may stand for a stage: the one that did the work. */
export interface StageOrigin {
  runId: string;
  kind: ReuseKind;
}

/** What a finished stage left. */
export interface LeftBehind {
  result: Record<string, unknown>;
  evidence: Digest[];
  /** The model that fine-tune made. */
  trained: TrainedModel | null;
}

/** Principals who are on file as having made what a run uses; besides those that its plan names. */
export interface RunAuthors {
  /** Who asked for the training that it took over. */
  trainers: string[];
  /** Who gave labels that it may have used. */
  dataAuthors: string[];
  /** Who wrote its prompt, or imported its base model. */
  recipeAuthors: string[];
}

/** Bookkeeping of runs. Every call is idempotent: a repeated one changes nothing and writes no second audit event. */
export interface RunStore {
  /** @throws LifecycleError NOT_FOUND */
  load(runId: string): Promise<RunRecord>;
  begin(runId: string): Promise<void>;
  /**
   * Opens a stage under the key of its inputs. @returns the run whose result may stand for it: that of the fork, or the
   * latest that succeeded under the same key in the project; null: the work is to be done.
   */
  beginStage(runId: string, stage: Stage, reuseKey?: Digest | null): Promise<StageOrigin | null>;
  /** The run that did the work of a stage: this one, or the one that it was taken over from. */
  doneBy(runId: string, stage: Stage): Promise<string>;
  /** Who asked for it besides its requester: for runs whose work it took over, or for this time of its schedule; sorted. */
  otherRequesters(runId: string): Promise<string[]>;
  authorsOf(runId: string): Promise<RunAuthors>;
  /** @throws LifecycleError NOT_FOUND where the stage has left nothing to go on from */
  leftBy(runId: string, stage: ReusableStage): Promise<LeftBehind>;
  /**
   * Ends a stage with what another run left: its summary, its result, its evidence, and for fine-tune the same model as
   * a version of this run. @returns the result, as this run's
   */
  reuseStage(runId: string, stage: ReusableStage, origin: StageOrigin): Promise<Record<string, unknown>>;
  /** Returns the evidence ids, in the order given. */
  finishStage(finished: FinishedStage): Promise<Digest[]>;
  /** The summary of a finished stage, or null. */
  stageSummary(runId: string, stage: Stage): Promise<Record<string, unknown> | null>;
  /** What the run waits for, in words that `assay watch` prints; null: nothing. */
  setWaiting(runId: string, stage: Stage, waitingFor: string | null): Promise<void>;
  /** How far a running stage is, in words (null: nothing to say); not a state, so nothing is audited. */
  setProgress(runId: string, stage: Stage, progress: string | null): Promise<void>;
  /** Keeps what a provider told, for `assay logs`: inert, at most so much of a run, each event once. */
  keepEvents(runId: string, stage: Stage, events: readonly TrainingEvent[]): Promise<void>;
  setPaused(runId: string, paused: boolean, commandId: string): Promise<void>;
  finish(runId: string, status: RunStatus, reason: string | null): Promise<void>;
  /** The command, once: undefined where there is no such row for this run (a forged signal), which is audited. */
  takeCommand(runId: string, commandId: string): Promise<{ kind: CommandKind } | undefined>;
}

/** Immutable facts, read by id. Ids are recomputed on reading. */
export interface EvidenceStore {
  /** @throws LifecycleError NOT_FOUND; ARTIFACT when the row no longer has the content of its id. */
  load(id: Digest): Promise<Evidence>;
  /** Stores a fact and that this stage used it, before the stage has ended. Keeping it twice is keeping it once. */
  keep(runId: string, stage: Stage, evidence: Evidence): Promise<Digest>;
  /** What a run used, in the order in which it did: ids of one kind. */
  usedBy(runId: string, kind: EvidenceKind): Promise<Digest[]>;
}

/** Side effects on the outside: intent before the call, outcome after it; the key knows nothing of attempts. */
export interface EffectLedger {
  /** Records the intent, or returns what is known of this key. @throws CONFLICT when the request digest differs. */
  intend(
    key: string,
    requestDigest: Digest,
  ): Promise<{ state: 'intent' | 'done'; isNew: boolean; externalId: string | null }>;
  done(key: string, externalId: string): Promise<void>;
}

import type { SourceCard } from '../data/source-card.js';
import type { Answer } from '../kernel/answers.js';
import type { Digest } from '../kernel/digest.js';
import type { RequestState } from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';
import type { ModelVersion } from '../ports/registry-store.js';
import type { Waiver } from './checklist-answer.js';
import type {
  BaseModelBody,
  ImportBody,
  DatasetBody,
  EvaluationBody,
  GateLine,
  RecreationBody,
  TrainingBody,
  WindowQuality,
} from './evidence-bodies.js';
import type { ServingPeriod } from './serving-periods.js';

/** The content of a piece of evidence, with its id. */
export interface Known<Body> {
  id: Digest;
  body: Body;
}

/** What a run left on file; null or empty where it left nothing that this version can read. */
export interface EvidenceOnFile {
  sourceCards: Known<SourceCard>[];
  dataset: Known<DatasetBody> | null;
  dataAnswers: Known<Answer[]> | null;
  training: Known<TrainingBody> | null;
  /** In place of a training, where nothing was trained. */
  baseModel: Known<BaseModelBody> | null;
  /** Of the base model, where it was imported. */
  imported: Known<ImportBody> | null;
  evaluations: Known<EvaluationBody>[];
  gates: Known<GateLine[]> | null;
}

export interface ApprovalFacts {
  id: string;
  state: RequestState;
  subjectDigest: Digest;
  policy: string;
  /** Decisions whose signatures verify; the time is the signed one. */
  decisions: { principal: string; role: string; verdict: string; at: string }[];
}

/** A look at the traffic of an alias while this version was its champion. */
export interface WindowFacts {
  evidence: Digest;
  alias: string;
  /** ISO 8601. */
  at: string;
  items: number;
  labelled: number;
  verdict: 'drift' | 'no-drift' | 'too-few';
}

/** All that the checklist and the documents rest on; the same facts give the same answers. */
export interface ChecklistFacts {
  /** The database's clock, ISO 8601: what waivers are held against. */
  now: string;
  version: ModelVersion;
  plan: LifecyclePlan;
  planDigest: Digest;
  requestedBy: string;
  evidence: EvidenceOnFile;
  /** The latest try to make it again that came to a grade; null where nobody has tried. */
  recreation: Known<RecreationBody> | null;
  /** How long the fine-tune stage took, waiting included; null where it has not ended. */
  fineTuneMilliseconds: number | null;
  approval: ApprovalFacts | null;
  waivers: Waiver[];
  /** Where it was served, oldest first. */
  periods: ServingPeriod[];
  /** Aliases that point at it and that the gateway refuses to serve it under, and why. */
  refusals: { alias: string; reason: string }[];
  /** Oldest first. */
  windows: WindowFacts[];
  /** What the latest window with labels measured. */
  quality: Known<WindowQuality> | null;
}

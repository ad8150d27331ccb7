import type { ImportedBase } from '../lifecycle-file/plan.js';
import type { PromptText } from '../prompts/prompt.js';
import type { ArtifactRef } from './artifact-store.js';

/** One chat example: what the model is shown and what it is to answer. */
export interface ChatExample {
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
}

export interface TrainingRequest {
  /** Unique and stable across retries: at most one job exists for it. */
  key: string;
  baseModel: string;
  /** JSONL of `ChatExample`. */
  training: AsyncIterable<Uint8Array>;
  validation?: AsyncIterable<Uint8Array>;
  /** Becomes part of the model's name; [a-z0-9-], at most 40 characters. */
  suffix: string;
  seed: number;
  hyperparameters: Hyperparameters;
}

/** By name in camelCase; words such as `adamw` among them. */
export type Hyperparameters = Record<string, number | string>;

export type TrainingStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';

export interface TrainingEvent {
  id: string;
  /** When it happened, as the provider says; ISO 8601. */
  at?: string;
  message: string;
  /** Numbers by name, e.g. `{ step: 12, epoch: 1, loss: 0.31, validationLoss: 0.4 }`. */
  data: Record<string, number>;
}

export interface TrainingState {
  jobId: string;
  /** `unknown`: the provider said something this version does not know; neither success nor failure. */
  status: TrainingStatus;
  rawStatus: string;
  /** Oldest first, only those after `afterEventId`. */
  events: TrainingEvent[];
  error?: string;
  /** Of a command that failed: how it ended, and the last that it said. */
  exit?: { code: number | null; signal: string | null; lastWords: string };
}

export interface TrainingResult {
  jobId: string;
  /** The name under which the provider serves the result. */
  model: string;
  trainedTokens: number | null;
  /** Which of the files holds the weights. Default: `weights.bin`. */
  weights?: string;
  /** Files of the result that the provider hands over (weights, metrics), by name. */
  files: { name: string; content: AsyncIterable<Uint8Array> }[];
}

export interface Quote {
  costMicroUsd: number;
  tokens: number;
  basis: string;
}

export interface ExampleProblem {
  /** From 1; null: of the file as a whole. */
  line: number | null;
  /** The end of "line 7 …"; quotes nothing of the line. */
  problem: string;
}

/** A training or validation file, looked through. */
export interface InspectedExamples {
  examples: number;
  /** Of all examples, once. */
  tokens: number;
  longest: { line: number; tokens: number } | null;
  /** Lines that stand there a second time. */
  duplicates: number;
  /** The first of what the provider would refuse or cut. */
  problems: ExampleProblem[];
  problemCount: number;
}

/** What is seen before anything is uploaded or paid. */
export interface Preflight {
  /** How tokens were counted, in words; an estimate says so. */
  counting: string;
  /** The most tokens of one example; null: not limited, or not known. */
  limit: number | null;
  limitIsKnown: boolean;
  training: InspectedExamples;
  validation: InspectedExamples | null;
}

/** A place that trains. Every call may be repeated. */
export interface Trainer {
  /** How the provider lets us find a job again after a crash between call and answer. */
  readonly deduplication: 'key' | 'metadata' | 'name' | 'none';
  /** What is wrong with a training before anything of its run begins; left out, nothing is looked at. */
  problems?(request: { baseModel: string; hyperparameters: Hyperparameters }): string[];
  quote(request: { baseModel: string; tokens: number; hyperparameters: Hyperparameters }): Promise<Quote>;
  /** Looks through what would be uploaded; sends nothing. Left out by trainers that have no such rules. */
  inspect?(request: Pick<TrainingRequest, 'baseModel' | 'training' | 'validation'>): Promise<Preflight>;
  /** Creates the job, or finds the one that this key created before. */
  submit(request: TrainingRequest, signal?: AbortSignal): Promise<{ jobId: string }>;
  find(key: string, signal?: AbortSignal): Promise<{ jobId: string } | undefined>;
  follow(jobId: string, afterEventId: string | undefined, signal?: AbortSignal): Promise<TrainingState>;
  cancel(jobId: string): Promise<TrainingState>;
  result(jobId: string, signal?: AbortSignal): Promise<TrainingResult>;
}

/** What answers, as Assay keeps it: a trained model, or a base model as it is. */
export interface TrainedModel {
  provider: string;
  /** The provider's name for it: the provider's word. */
  model: string;
  /** The job that trained it; null: a base model, as it is. */
  jobId: string | null;
  /** Weights in the artifact store, where the provider hands them over. */
  weights: ArtifactRef | null;
  /** What it is told with every input; left out where there is none. */
  prompt?: PromptText;
  /** Left out where the base model was not imported. */
  imported?: ImportedBase;
}

import type { Envelope } from '../evidence/dsse.js';
import type { Digest } from '../kernel/digest.js';
import type { TaskKind, TaskState } from '../kernel/states.js';

/** What is asked. */
export interface TaskForm {
  question: string;
  /** What can be answered; any text where it is left out. */
  choices?: string[];
  /** Whoever holds one of these roles settles two answers that differ. */
  adjudicators?: string[];
  /** The question about the data whose answer is to be waived. */
  waives?: string;
}

/** Who may answer: those who hold one of the roles when they do, and those who are named. */
export interface Candidates {
  roles: string[];
  people: string[];
}

/** A question to a person. */
export interface Task {
  id: string;
  project: string;
  kind: TaskKind;
  title: string;
  /** The id or the digest of what is asked about. */
  subject: string;
  runId: string | null;
  form: TaskForm;
  candidates: Candidates;
  /** So many independent answers. */
  answersNeeded: number;
  batch: string | null;
  /** ISO 8601, like every moment here. */
  dueAt: string;
  state: TaskState;
  /** What was agreed on, or settled; null where nothing was. */
  answer: string | null;
  /** What a fact check left; null where it left nothing. */
  evidence: Digest | null;
  openedBy: string;
  openedAt: string;
  closedAt: string | null;
}

/** The envelope is what was signed; the rest are copies for queries and are never trusted. */
export interface StoredAnswer {
  id: string;
  taskId: string;
  principal: string;
  answer: string;
  envelope: Envelope;
  answeredAt: string;
}

/** A task with its answers, in the order in which they were stored. */
export interface TaskFile {
  task: Task;
  answers: StoredAnswer[];
  /** The database's clock. */
  now: string;
}

/** Whether it waits for an answer: a dispute waits for whoever settles it. */
export const isWaiting = (state: TaskState): boolean => state === 'open' || state === 'disputed';

import type { Answer } from '../kernel/answers.js';
import type { ApprovalPolicy } from '../kernel/approval-policy.js';
import type { Missing } from '../kernel/approval.js';
import type { Digest } from '../kernel/digest.js';
import type { DecisionVerdict, RequestState, Risk } from '../kernel/states.js';
import type { Envelope } from '../evidence/dsse.js';

/**
 * What will answer: the provider's name for it beside the digest of the weights where Assay keeps them, else beside the
 * job that is the provider's word for it, or beside neither for a base model as it is. The name is bound as well, because
 * it is what the provider is asked by.
 */
export interface BoundWeights {
  provider: string;
  model: string;
  digest?: Digest;
  jobId?: string;
  /** Of the prompt's text. */
  prompt?: Digest;
  /** The evidence of the base model's import. */
  imported?: Digest;
}

/** What a signature binds. Its digest is the subject digest that stands in every statement. */
export interface ApprovalSubject {
  /** Dataset ids by split name. */
  datasets: Record<string, Digest>;
  baseModel: string;
  weights: BoundWeights;
  /** Evidence ids: evaluations, gate verdicts, data answers. */
  evaluations: Digest[];
  gateVerdicts: Digest;
  dataAnswers: Digest;
  target: { kind: 'gateway'; project: string; alias: string };
}

/** Bound by value beside the subject: later edits bind new requests only. */
export interface ApprovalTerms {
  policy: ApprovalPolicy;
  /** Who asked for the run: four eyes are judged against this name. */
  requester: string;
  /** Who asked for the runs whose work this one took over: four eyes hold for them too. Left out where there are none. */
  alsoRequested?: string[];
  /** Who had the model trained that this run took over; left out where there are none besides the requester. */
  trainers?: string[];
  /** Authors of the sources, and who gave the labels. */
  dataAuthors?: string[];
  /** Authors of the lifecycle, of the prompt and of the imported base model. */
  recipeAuthors?: string[];
  /** What the file says about the risk of a release; left out where it says nothing. */
  risk?: Risk;
  /** The answers that the signers see; `fail` and `unknown` block until waived. */
  answers: Answer[];
  disclosure: { application: string; notice: string; acknowledge: string };
  quote: {
    costMicroUsd: number;
    tokens: number;
    basis: string;
    /** How much more or less was trained, in words, where it is worth a word. */
    variance?: string | undefined;
  };
}

export interface ApprovalRequest {
  id: string;
  runId: string;
  project: string;
  subject: ApprovalSubject;
  terms: ApprovalTerms;
  /** digestOf({ subject, terms }) */
  subjectDigest: Digest;
  policyDigest: Digest;
  openedAt: string;
  expiresAt: string;
  state: RequestState;
}

/** A stored decision. The envelope is what was signed; the columns are copies for queries and are never trusted. */
export interface StoredDecision {
  id: string;
  requestId: string;
  principal: string;
  isService: boolean;
  stage: string;
  role: string;
  verdict: DecisionVerdict;
  /** The delegation by which they sign for another, as it stands. */
  delegation: StoredDelegation | null;
  supersedes: string | null;
  envelope: Envelope;
  /** Whether the one whose voice it is holds the role now: their own, or that of an escalation. */
  holdsRole: boolean;
}

/** That one person signs for another in a role, for a time. The envelope is what the delegator signed. */
export interface StoredDelegation {
  id: string;
  delegator: string;
  delegate: string;
  role: string;
  /** ISO 8601. */
  from: string;
  until: string;
  revokedAt: string | null;
  envelope: Envelope;
}

export interface StoredWaiver {
  id: string;
  requestId: string;
  question: string;
  principal: string;
  role: string;
  until: string;
  envelope: Envelope;
  holdsRole: boolean;
}

export interface RequestFile {
  request: ApprovalRequest;
  decisions: StoredDecision[];
  waivers: StoredWaiver[];
  /** The database's clock, ISO 8601. */
  now: string;
  /** How it ended, where it has. */
  closed?: { at: string; reason: string };
}

export interface ApprovalStore {
  /** Opens the request of a run, or returns the one that is there. `expiresAt` is set by the database's clock. */
  open(
    request: Omit<ApprovalRequest, 'openedAt' | 'expiresAt' | 'state'> & { expiresAfterMilliseconds: number },
  ): Promise<ApprovalRequest>;
  /** The request with all decisions and waivers, in the order they were stored. @throws NOT_FOUND */
  load(requestId: string): Promise<RequestFile>;
  /** Ends an open request once; an approved one that was not released may still be voided. A different end is CONFLICT. */
  close(requestId: string, state: Exclude<RequestState, 'open'>, reason: string): Promise<void>;
  /** The ids of the requests about an alias that are open. */
  openFor(project: string, alias: string): Promise<string[]>;
  /** Audits a message that names no verifiable decision of this request. */
  recordAttempt(requestId: string, decisionId: string, reason: string): Promise<void>;
  /** Writes down that a stage may be signed now, as those before it are met; once. */
  recordStage(requestId: string, opened: { stage: string; missing: Missing[] }): Promise<void>;
  /** Writes down that those who are missing were reminded; once for each part of the time. */
  recordReminder(requestId: string, reminder: { percent: number; missing: Missing[] }): Promise<void>;
  /** Writes down that others may sign in a role from now on. */
  recordEscalation(requestId: string, escalation: { stage: string; role: string; to: string }): Promise<void>;
}

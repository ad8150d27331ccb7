import type { Answer } from '../kernel/answers.js';
import type { ApprovalPolicy } from '../kernel/approval.js';
import type { Digest } from '../kernel/digest.js';
import type { DecisionVerdict, RequestState } from '../kernel/states.js';
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
  stage: string;
  role: string;
  verdict: DecisionVerdict;
  envelope: Envelope;
  /** Whether the principal holds the role now. */
  holdsRole: boolean;
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
}

export interface ApprovalStore {
  /** Opens the request of a run, or returns the one that is there. `expiresAt` is set by the database's clock. */
  open(
    request: Omit<ApprovalRequest, 'openedAt' | 'expiresAt' | 'state'> & { expiresAfterMilliseconds: number },
  ): Promise<ApprovalRequest>;
  /** The request with all decisions and waivers, in the order they were stored. @throws NOT_FOUND */
  load(requestId: string): Promise<RequestFile>;
  /** Ends an open request once; a second, different end is CONFLICT. */
  close(requestId: string, state: Exclude<RequestState, 'open'>, reason: string): Promise<void>;
  /** Audits a message that names no verifiable decision of this request. */
  recordAttempt(requestId: string, decisionId: string, reason: string): Promise<void>;
}

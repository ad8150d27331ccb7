import type { KeyObject } from 'node:crypto';
import {
  DECISION_PAYLOAD_TYPE,
  DELEGATION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  type DecisionStatement,
  type DelegationStatement,
  type WaiverStatement,
} from '../../domain/approvals/statement.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signStatement, type Envelope } from '../../domain/evidence/dsse.js';
import type { DecisionVerdict } from '../../domain/kernel/states.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { TASK_ANSWER_PAYLOAD_TYPE, type TaskAnswerStatement } from '../../domain/tasks/statement.js';
import type { TaskFile } from '../../domain/tasks/task.js';
import type { Principal } from './stores.js';

/** The key that signs what people decide, and the installation that it signs for. */
export interface SigningKeys {
  decisionKey: KeyObject;
  publicKey: KeyObject;
  instance: string;
}

/** What a signature means, in the words shown to the signer (21 CFR 11.50). */
const MEANING: Record<DecisionVerdict, string> = {
  approve: 'I have seen what this digest binds and approve its release in this role.',
  reject: 'I have seen what this digest binds and reject its release in this role.',
  'request-changes': 'I have seen what this digest binds and ask for it to be changed before it is released.',
  abstain: 'I have seen what this digest binds and neither approve nor reject it.',
  withdraw: 'I take back what I said before about what this digest binds.',
};

type Authn = DecisionStatement['authn'];
type Said<Statement> = Omit<
  Statement,
  'instance' | 'requestId' | 'subjectDigest' | 'policyDigest' | 'decidedAt' | 'meaning'
>;

/** Signs a decision about a request; the time is the database's. */
export const signDecision = (keys: SigningKeys, file: RequestFile, said: Said<DecisionStatement>): Envelope => {
  const statement: DecisionStatement = { ...bound(keys, file), ...said, meaning: MEANING[said.verdict] };
  return signStatement(DECISION_PAYLOAD_TYPE, statement, keys.decisionKey);
};

/** Signs a waiver of one answer of a request. */
export const signWaiver = (keys: SigningKeys, file: RequestFile, said: Said<WaiverStatement>): Envelope => {
  const statement: WaiverStatement = { ...bound(keys, file), ...said };
  return signStatement(WAIVER_PAYLOAD_TYPE, statement, keys.decisionKey);
};

/** Signs an answer to a task; the time is the database's. */
export const signTaskAnswer = (
  { instance, decisionKey }: SigningKeys,
  { task, now }: TaskFile,
  { by, answer, reason }: Pick<TaskAnswerStatement, 'answer' | 'reason'> & { by: Principal },
): Envelope => {
  const asked = { taskId: task.id, kind: task.kind, subject: task.subject, formDigest: digestOf(task.form) };
  const authn = { method: by.method, at: by.authenticatedAt };
  const statement: TaskAnswerStatement = { instance, ...asked, answer, reason, principal: by.id, authn, at: now };
  return signStatement(TASK_ANSWER_PAYLOAD_TYPE, statement, decisionKey);
};
/** Signs that one person lets another sign for them. */
export const signDelegation = (keys: SigningKeys, said: Omit<DelegationStatement, 'instance'>): Envelope =>
  signStatement(DELEGATION_PAYLOAD_TYPE, { instance: keys.instance, ...said }, keys.decisionKey);

/** How and when the signer proved who they are; `acr` is what their identity provider said of how. */
export const authnOf = ({ method, authenticatedAt, acr }: Principal): Authn => ({
  method,
  at: authenticatedAt,
  ...(acr !== null && { acr }),
});

const bound = ({ instance }: SigningKeys, { request, now }: RequestFile) => ({
  instance,
  requestId: request.id,
  subjectDigest: request.subjectDigest,
  policyDigest: request.policyDigest,
  decidedAt: now,
});

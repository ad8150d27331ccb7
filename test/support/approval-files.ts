import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  type DecisionStatement,
  type WaiverStatement,
} from '../../domain/approvals/statement.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signStatement } from '../../domain/evidence/dsse.js';
import type {
  ApprovalRequest,
  ApprovalSubject,
  ApprovalTerms,
  RequestFile,
  StoredDecision,
  StoredWaiver,
} from '../../domain/ports/approval-store.js';

export const INSTANCE = 'test-instance';
export const keys = generateKeyPairSync('ed25519');

const subject: ApprovalSubject = {
  datasets: { train: digestOf('train') },
  baseModel: 'local/linear-ngram',
  weights: { provider: 'local', model: 'ft:linear-ngram:email-triage:1', digest: digestOf('weights') },
  evaluations: [digestOf('evaluation')],
  gateVerdicts: digestOf('gates'),
  dataAnswers: digestOf('answers'),
  target: { kind: 'gateway', project: 'default', alias: 'email-triage' },
};

const terms: ApprovalTerms = {
  policy: {
    name: 'two-person',
    version: 1,
    stages: [
      {
        name: 'release',
        roles: [
          { role: 'risk', count: 1 },
          { role: 'legal', count: 1 },
        ],
      },
    ],
    fourEyes: { excludeRequester: true },
    distinctPeople: true,
    waivers: { role: 'legal' },
  },
  requester: 'ada',
  answers: [{ question: 'QD3', verdict: 'unknown', basis: 'claimed', reason: 'nobody asked the authors' }],
  disclosure: { application: 'inbox-app', notice: 'Sorted by an AI model', acknowledge: 'required' },
  quote: { costMicroUsd: 0, tokens: 0, basis: 'local' },
};

export const openRequest: ApprovalRequest = {
  id: 'run-1',
  runId: 'run-1',
  project: 'default',
  subject,
  terms,
  subjectDigest: digestOf({ subject, terms }),
  policyDigest: digestOf(terms.policy),
  openedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-01-08T00:00:00.000Z',
  state: 'open',
};

const signer = (principal: string, role: string) => ({
  instance: INSTANCE,
  requestId: openRequest.id,
  subjectDigest: openRequest.subjectDigest,
  policyDigest: openRequest.policyDigest,
  principal,
  role,
  reason: 'the evidence holds',
  authn: { method: 'token', at: '2026-01-02T00:00:00.000Z' },
  decidedAt: '2026-01-02T00:00:00.000Z',
});

export function signedDecision(
  principal: string,
  role: string,
  over: Partial<DecisionStatement> = {},
  key: KeyObject = keys.privateKey,
): StoredDecision {
  const statement: DecisionStatement = {
    ...signer(principal, role),
    stage: 'release',
    verdict: 'approve',
    meaning: 'I approve this release',
    ...over,
  };
  const { verdict, stage, supersedes = null } = statement;
  const envelope = signStatement(DECISION_PAYLOAD_TYPE, statement, key);
  return {
    id: `decision-${principal}-${role}`,
    requestId: openRequest.id,
    principal,
    isService: false,
    stage,
    role,
    verdict,
    delegation: null,
    supersedes,
    envelope,
    holdsRole: true,
  };
}

export function signedWaiver(principal: string, over: Partial<WaiverStatement> = {}): StoredWaiver {
  const statement: WaiverStatement = {
    ...signer(principal, 'legal'),
    question: 'QD3',
    purpose: 'demonstration',
    until: '2026-12-31T00:00:00.000Z',
    ...over,
  };
  const envelope = signStatement(WAIVER_PAYLOAD_TYPE, statement, keys.privateKey);
  const { question, until, role } = statement;
  return {
    id: `waiver-${principal}`,
    requestId: openRequest.id,
    question,
    principal,
    role,
    until,
    envelope,
    holdsRole: true,
  };
}

/** A request that two people approved and whose one blocking answer is waived. */
export const approvedFile = (): RequestFile => ({
  request: structuredClone(openRequest),
  decisions: [signedDecision('ruth', 'risk'), signedDecision('leo', 'legal')],
  waivers: [signedWaiver('leo')],
  now: '2026-01-02T00:00:00.000Z',
});

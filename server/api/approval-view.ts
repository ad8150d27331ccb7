import type { KeyObject } from 'node:crypto';
import type { ApprovalView, DecisionView, WaiverView } from '../../domain/api/approval.js';
import type { ApprovalJudgement } from '../../domain/approvals/judge-request.js';
import { askedParts, whyClosed, whyExcluded, whyNotSign, type Signer } from '../../domain/approvals/may-sign.js';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  decisionStatementSchema,
  waiverStatementSchema,
} from '../../domain/approvals/statement.js';
import { openEnvelope, type Envelope } from '../../domain/evidence/dsse.js';
import type { RequestFile, StoredDecision, StoredWaiver } from '../../domain/ports/approval-store.js';
import { verifiedOnly } from './request-file.js';

interface Viewing {
  file: RequestFile;
  judgement: ApprovalJudgement;
  /** Who looks. */
  signer: Signer;
  publicKey: KeyObject;
}

/** A request as its signers see it. What was said comes from the signed statements, never from the rows. */
export function approvalView(viewing: Viewing): ApprovalView {
  const { file, judgement } = viewing;
  const { outcome, missing, unwaived, unverified } = judgement;
  return {
    ...file.request,
    outcome,
    missing,
    unwaived,
    isIntact: !unverified.some(({ id }) => id === file.request.id),
    decisions: file.decisions.map((decision) => decisionView(decision, viewing)),
    waivers: file.waivers.map((waiver) => waiverView(waiver, viewing)),
    viewer: viewerOf(viewing),
  };
}

function decisionView(
  { id, principal, role, stage, verdict, envelope }: StoredDecision,
  viewing: Viewing,
): DecisionView {
  const signed = decisionStatementSchema.safeParse(
    openEnvelope(DECISION_PAYLOAD_TYPE, envelope, viewing.publicKey),
  ).data;
  return {
    id,
    principal,
    role,
    stage,
    verdict,
    ...wordsOf(signed, envelope),
    problem: problemOf(id, viewing.judgement),
  };
}

function waiverView({ id, principal, role, question, until, envelope }: StoredWaiver, viewing: Viewing): WaiverView {
  const signed = waiverStatementSchema.safeParse(openEnvelope(WAIVER_PAYLOAD_TYPE, envelope, viewing.publicKey)).data;
  const problem = problemOf(id, viewing.judgement);
  const purpose = signed?.purpose ?? null;
  return { id, principal, role, question, purpose, until, ...wordsOf(signed, envelope), problem };
}

const wordsOf = (signed: { reason: string; decidedAt: string } | undefined, { signatures }: Envelope) => ({
  reason: signed?.reason ?? null,
  at: signed?.decidedAt ?? null,
  keyId: signatures[0]?.keyid ?? null,
});

/** Why a signature does not verify, or does not count; null where it does. */
const problemOf = (id: string, { unverified, discounted }: ApprovalJudgement): string | null =>
  [...unverified, ...discounted].find((one) => one.id === id)?.reason ?? null;

/** What the viewer may do on a request now, or why not. */
export function viewerOf({ file, judgement, signer }: Viewing): ApprovalView['viewer'] {
  const { principal, roles } = signer;
  const whyNever = whyClosed(file) ?? whyExcluded(file, signer);
  if (whyNever !== null) return { principal, maySignAs: [], mayWaive: false, whyNot: whyNever };
  const verified = verifiedOnly(file, judgement);
  const judged = askedParts(file).map((part) => ({ part, reason: whyNotSign(verified, signer, part) }));
  const maySignAs = judged.filter(({ reason }) => reason === null).map(({ part }) => part);
  const held = judged.find(({ part }) => roles.includes(part.role)) ?? judged[0];
  return {
    principal,
    maySignAs,
    mayWaive: roles.includes(file.request.terms.policy.waivers.role),
    whyNot: maySignAs.length > 0 ? null : (held?.reason ?? 'the policy asks for nobody'),
  };
}

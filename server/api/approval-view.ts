import type { KeyObject } from 'node:crypto';
import type { ApprovalView, DecisionView, WaiverView } from '../../domain/api/approval.js';
import type { ApprovalJudgement } from '../../domain/approvals/judge-request.js';
import { validUntil } from '../../domain/approvals/may-serve.js';
import { whyClosed, whyExcluded, whyNotSign, waysOf, type Signer } from '../../domain/approvals/may-sign.js';
import {
  DECISION_PAYLOAD_TYPE,
  WAIVER_PAYLOAD_TYPE,
  decisionStatementSchema,
  waiverStatementSchema,
} from '../../domain/approvals/statement.js';
import { openEnvelope, type Envelope } from '../../domain/evidence/dsse.js';
import type { RequestFile, StoredDecision, StoredWaiver } from '../../domain/ports/approval-store.js';

import { recentProof } from './recent-proof.js';
import type { Principal } from './stores.js';

interface Viewing {
  file: RequestFile;
  judgement: ApprovalJudgement;
  /** Who looks, and how they are signed in. */
  signer: Signer;
  via: Principal['via'];
  publicKey: KeyObject;
}

/** A request as its signers see it. What was said comes from the signed statements, never from the rows. */
export function approvalView(viewing: Viewing): ApprovalView {
  const { file, judgement } = viewing;
  const { outcome, missing, unwaived, unverified } = judgement;
  return {
    ...file.request,
    closedAt: file.closed?.at ?? null,
    closedReason: file.closed?.reason ?? null,
    validUntil: file.closed && file.request.state === 'approved' ? validUntil(file.request, file.closed.at) : null,
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
  const opened = openEnvelope(DECISION_PAYLOAD_TYPE, envelope, viewing.publicKey);
  const signed = decisionStatementSchema.safeParse(opened).data;
  return {
    id,
    principal,
    role,
    stage,
    verdict,
    ...wordsOf(signed, envelope),
    meaning: signed?.meaning ?? null,
    conditions: signed?.conditions ?? [],
    onBehalfOf: signed?.onBehalfOf?.principal ?? null,
    via: signed?.via ?? null,
    supersedes: signed?.supersedes ?? null,
    authn: signed?.authn ?? null,
    automatic: signed?.automatic ?? null,
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
export function viewerOf({ file, judgement, signer, via }: Viewing): ApprovalView['viewer'] {
  const { principal, roles } = signer;
  const { policy } = file.request.terms;
  const reauthenticate = recentProof(file, { via });
  const whyNever = whyClosed(file) ?? whyExcluded(file, signer);
  const said = whyClosed(file) === null ? saidBy(principal, judgement) : [];
  if (whyNever !== null) return { principal, maySignAs: [], said, reauthenticate, mayWaive: false, whyNot: whyNever };
  const considered = { file, counted: judgement.verified };
  const judged = waysOf(file, signer).map((way) => ({ way, reason: whyNotSign(considered, signer, way) }));
  const maySignAs = judged
    .filter(({ reason }) => reason === null)
    .map(({ way }) => ({
      stage: way.stage,
      role: way.role,
      via: way.via,
      onBehalfOf: way.delegation?.delegator ?? null,
    }));
  const held = judged.find(({ way }) => roles.includes(way.role)) ?? judged[0];
  return {
    principal,
    maySignAs,
    said,
    reauthenticate,
    mayWaive: roles.includes(policy.waivers.role),
    whyNot: maySignAs.length > 0 ? null : (held?.reason ?? 'the policy asks for nobody'),
  };
}

/** What stands of theirs. */
const saidBy = (principal: string, { verified }: ApprovalJudgement): ApprovalView['viewer']['said'] =>
  verified
    .filter(
      (one) =>
        one.principal === principal &&
        one.verdict !== 'withdraw' &&
        !verified.some(({ supersedes }) => supersedes === one.id),
    )
    .map(({ id: decisionId, stage, role, verdict }) => ({ decisionId, stage, role, verdict }));

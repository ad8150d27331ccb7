import type { KeyObject } from 'node:crypto';
import { openEnvelope } from '../evidence/dsse.js';
import type { CountedDecision } from '../kernel/approval.js';
import { AUTOMATIC } from '../kernel/approval-policy.js';
import { parseDuration } from '../kernel/units/duration.js';
import type { ApprovalRequest, StoredDecision } from '../ports/approval-store.js';
import { evaluateAutomatic } from './automatic.js';
import { bindsRequest } from './binds-request.js';
import { DECISION_PAYLOAD_TYPE, decisionStatementSchema, type DecisionStatement } from './statement.js';
import { whyLapsed, whyNoDelegation } from './verify-delegation.js';

interface Trust {
  instance: string;
  publicKey: KeyObject;
  /** The moment that is judged: now, or that of the release. */
  now: string;
}

/** A decision as it was signed, ready to be counted; or why it does not verify. The row's copies are believed nowhere. */
export function verifyDecision(
  request: ApprovalRequest,
  decision: StoredDecision,
  trust: Trust,
): CountedDecision | { reason: string } {
  const opened = openEnvelope(DECISION_PAYLOAD_TYPE, decision.envelope, trust.publicKey);
  const { data: signed } = decisionStatementSchema.safeParse(opened);
  if (signed === undefined) return { reason: 'its signature does not verify' };
  if (!bindsRequest(request, signed, trust.instance) || !isRowOf(decision, signed))
    return { reason: 'what was signed is not this decision on this request' };
  const reason =
    whyNotAutomatic(request, signed) ?? whyStale(request, signed) ?? whyNotFor(request, decision, signed, trust);
  if (reason !== null) return { reason };
  return {
    id: decision.id,
    principal: signed.principal,
    isService: decision.isService,
    onBehalfOf: signed.onBehalfOf?.principal ?? null,
    stage: signed.stage,
    role: signed.role,
    via: signed.via ?? null,
    verdict: signed.verdict,
    holdsRole: decision.holdsRole,
    supersedes: signed.supersedes ?? null,
    afterMilliseconds: Date.parse(signed.decidedAt) - Date.parse(request.openedAt),
    lapsed: decision.delegation && whyLapsed(decision.delegation, trust.now),
  };
}

const isRowOf = (decision: StoredDecision, signed: DecisionStatement): boolean =>
  signed.principal === decision.principal &&
  signed.stage === decision.stage &&
  signed.role === decision.role &&
  signed.verdict === decision.verdict &&
  (signed.supersedes ?? null) === decision.supersedes;

/** A policy's own decision stands only for what the policy says, asked again about the same inputs. */
function whyNotAutomatic({ terms }: ApprovalRequest, { principal, automatic }: DecisionStatement): string | null {
  if (principal !== AUTOMATIC.principal && automatic === undefined) return null;
  const { when } = terms.policy.automatic ?? {};
  if (when === undefined || automatic?.when !== when) return 'the policy lets nothing through by itself';
  const answer = evaluateAutomatic(when, automatic.inputs);
  return answer.holds ? null : `the policy does not let it through by itself: ${answer.reason}`;
}

function whyStale({ terms }: ApprovalRequest, { authn, decidedAt, automatic }: DecisionStatement): string | null {
  const { reauthenticate } = terms.policy;
  if (reauthenticate === undefined || automatic !== undefined) return null;
  const since = Date.parse(decidedAt) - Date.parse(authn.at);
  return since <= parseDuration(reauthenticate) ? null : `they had proved who they are more than ${reauthenticate} ago`;
}

function whyNotFor(
  { project }: ApprovalRequest,
  { delegation }: StoredDecision,
  { onBehalfOf, principal, role, via, decidedAt }: DecisionStatement,
  trust: Trust,
): string | null {
  if (onBehalfOf === undefined) return null;
  if (delegation?.id !== onBehalfOf.delegation) return 'the delegation that it names is not on file';
  const asked = { project, delegator: onBehalfOf.principal, delegate: principal, role: via ?? role, at: decidedAt };
  return whyNoDelegation(delegation, asked, trust);
}

import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { decideSchema, decidedSchema, type Decide, type Decided } from '../../../domain/api/decide.js';
import { judgeRequest, type ApprovalJudgement } from '../../../domain/approvals/judge-request.js';
import { chooseWay, type Signer, type Way } from '../../../domain/approvals/may-sign.js';
import { standingWord } from '../../../domain/approvals/own-word.js';
import { keyId } from '../../../domain/evidence/dsse.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { RequestFile } from '../../../domain/ports/approval-store.js';
import { auditRefusal, requireSameSubject } from '../audit-refusal.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import { loadVisible, signerOf } from '../request-file.js';
import { requireRecentProof } from '../recent-proof.js';
import { authnOf, signDecision, type SigningKeys } from '../signing.js';
import type { ApiStores, Principal } from '../stores.js';

type Stores = Pick<ApiStores, 'approvals' | 'decisions' | 'delegations' | 'attempts'>;

/**
 * POST /v1/approvals/:id/decisions: signs what a person decided about exactly the content that they saw. An equal
 * repeated decision is the first one; whether the request is still open is judged in the transaction that stores it.
 */
function decide(stores: Stores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisible(stores.approvals, principal, c.req.param('id') ?? '');
    const asked = await readBody(c, decideSchema);
    const signer = await signerOf(stores.delegations, principal, file);
    const about = { principal, file, named: asked.verdict };
    const decided = await auditRefusal(stores.attempts, about, () =>
      signAndStore({ stores, keys, file, asked, signer, asking: principal }),
    );
    return c.json(decided, 201);
  };
}

interface Signing {
  stores: Stores;
  keys: SigningKeys;
  file: RequestFile;
  asked: Decide;
  signer: Signer;
  /** How they are signed in. */
  asking: Principal;
}

async function signAndStore({ stores, keys, file, asked, signer, asking }: Signing): Promise<Decided> {
  requireSameSubject(file, asked.subjectDigest);
  const judgement = judgeRequest(file, keys.instance, keys.publicKey);
  refuseForged(file, judgement, signer);
  const { way, supersedes } = turnOf(file, judgement, { asked, signer });
  requireRecentProof(file, asking);
  const { principal } = signer;
  const { verdict, reason, conditions } = asked;
  const { stage, role, via, delegation } = way;
  const { id: requestId, subjectDigest } = file.request;
  const envelope = signDecision(keys, file, {
    principal,
    authn: authnOf(asking),
    stage,
    role,
    verdict,
    reason,
    ...(conditions !== undefined && { conditions }),
    ...(via !== null && { via }),
    ...(delegation !== null && { onBehalfOf: { principal: delegation.delegator, delegation: delegation.id } }),
    ...(supersedes !== undefined && { supersedes }),
  });
  const row = {
    requestId,
    subjectDigest,
    principal,
    stage,
    role,
    verdict,
    reason,
    envelope,
    ...(via !== null && { via }),
    ...(delegation !== null && { onBehalfOf: delegation.delegator, delegation: delegation.id }),
    ...(supersedes !== undefined && { supersedes }),
  };
  const { decisionId } = await stores.decisions.recordDecision(row);
  return { decisionId, requestId, subjectDigest, stage, role, verdict, keyId: keyId(keys.publicKey) };
}

/** The way in which the decision would count, and what it follows; who repeats or takes back needs no permission anew. */
function turnOf(
  file: RequestFile,
  { verified }: ApprovalJudgement,
  { asked, signer }: { asked: Decide; signer: Signer },
): { way: Way; supersedes?: string } {
  const own = standingWord(verified, signer.principal, asked);
  if (own !== undefined && own.verdict !== 'withdraw') {
    const delegation = file.decisions.find(({ id }) => id === own.id)?.delegation ?? null;
    const { stage, role, via = null } = own;
    return { way: { stage, role, via, delegation }, supersedes: own.id };
  }
  if (asked.verdict === 'withdraw') throw new LifecycleError('CONFLICT', 'You have said nothing here to take back.');
  const way = chooseWay({ file, counted: verified }, signer, asked);
  const last = standingWord(verified, signer.principal, way);
  return { way, ...(last !== undefined && { supersedes: last.id }) };
}

function refuseForged(file: RequestFile, { unverified }: ApprovalJudgement, { principal }: Signer): void {
  const isForged = file.decisions.some(
    (one) => one.principal === principal && unverified.some(({ id }) => id === one.id),
  );
  if (isForged)
    throw new LifecycleError(
      'CONFLICT',
      'A decision in your name is on file that you did not sign. Tell the operators.',
    );
}

export const decideRoute: Route = {
  method: 'post',
  path: '/v1/approvals/:id/decisions',
  operationId: 'decide',
  tag: 'approvals',
  scope: 'approve',
  summary: 'Sign what you decided about exactly the content that you saw',
  description:
    'The policy of the request says who may sign. An equal repeated decision is the first one. `withdraw` takes back ' +
    'what you said before, until the request ends; then you may decide again.',
  request: { body: decideSchema },
  answers: { 201: { description: 'The decision is signed and on record.', schema: decidedSchema } },
  handler: decide,
};

import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { decideSchema, decidedSchema, type Decide, type Decided } from '../../../domain/api/decide.js';
import { judgeRequest } from '../../../domain/approvals/judge-request.js';
import { choosePart, whyExcluded, whyNotSign, type Part, type Signer } from '../../../domain/approvals/may-sign.js';
import { keyId } from '../../../domain/evidence/dsse.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { RequestFile } from '../../../domain/ports/approval-store.js';
import { auditRefusal, requireSameSubject } from '../audit-refusal.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import { loadVisible, signerOf, verifiedOnly } from '../request-file.js';
import { signDecision, type SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

type Stores = Pick<ApiStores, 'approvals' | 'decisions' | 'attempts'>;

/**
 * POST /v1/approvals/:id/decisions: signs what a person decided about exactly the content that they saw. An equal
 * repeated decision is the first one; whether the request is still open is judged in the transaction that stores it.
 */
function decide(stores: Stores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisible(stores.approvals, principal, c.req.param('id') ?? '');
    const asked = await readBody(c, decideSchema);
    const signer = signerOf(principal, file);
    const about = { principal, file, named: asked.verdict };
    const decided = await auditRefusal(stores.attempts, about, () =>
      signAndStore({ stores, keys, file, asked, signer }),
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
}

async function signAndStore({ stores, keys, file, asked, signer }: Signing): Promise<Decided> {
  requireSameSubject(file, asked.subjectDigest);
  const part = eligiblePart({ keys, file, asked, signer });
  const { principal } = signer;
  const { verdict, reason } = asked;
  const { id: requestId, subjectDigest } = file.request;
  const envelope = signDecision(keys, file, { principal, ...part, verdict, reason });
  const row = { requestId, subjectDigest, principal, ...part, verdict, reason, envelope };
  const { decisionId } = await stores.decisions.recordDecision(row);
  return { decisionId, requestId, subjectDigest, ...part, verdict, keyId: keyId(keys.publicKey) };
}

/** The part in which the decision would count; a repetition needs no second permission. */
function eligiblePart({ keys, file, asked, signer }: Omit<Signing, 'stores'>): Part {
  const excluded = whyExcluded(file, signer);
  if (excluded !== null) throw notAllowed(excluded);
  const { stage, role } = asked;
  const part = choosePart(file, signer, { ...(stage !== undefined && { stage }), ...(role !== undefined && { role }) });
  const isOwn = (one: RequestFile['decisions'][number]): boolean =>
    one.principal === signer.principal && one.stage === part.stage && one.role === part.role;
  const judgement = judgeRequest(file, keys.instance, keys.publicKey);
  const own = file.decisions.find(isOwn);
  if (judgement.unverified.some(({ id }) => id === own?.id))
    throw new LifecycleError(
      'CONFLICT',
      'A decision in your name is on file that you did not sign. Tell the operators.',
    );
  if (own !== undefined) return part;
  const reason = whyNotSign(verifiedOnly(file, judgement), signer, part);
  if (reason !== null) throw notAllowed(reason);
  return part;
}

const notAllowed = (reason: string): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', `Your signature would not count: ${reason}.`);

export const decideRoute: Route = {
  method: 'post',
  path: '/v1/approvals/:id/decisions',
  operationId: 'decide',
  tag: 'approvals',
  scope: 'approve',
  summary: 'Sign what you decided about exactly the content that you saw',
  description: 'The policy of the request says who may sign. An equal repeated decision is the first one.',
  request: { body: decideSchema },
  answers: { 201: { description: 'The decision is signed and on record.', schema: decidedSchema } },
  handler: decide,
};

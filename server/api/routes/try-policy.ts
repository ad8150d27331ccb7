import type { Handler } from 'hono';
import { projectQuerySchema } from '../../../domain/api/fields.js';
import { triedPolicySchema, tryPolicySchema, type TriedPolicy } from '../../../domain/api/policy.js';
import { automaticInputs, evaluateAutomatic } from '../../../domain/approvals/automatic.js';
import { involvedIn } from '../../../domain/approvals/involved.js';
import { judgeRequest } from '../../../domain/approvals/judge-request.js';
import { tallyApproval } from '../../../domain/kernel/approval.js';
import type { ApprovalPolicy } from '../../../domain/kernel/approval-policy.js';
import type { ApprovalRequest } from '../../../domain/ports/approval-store.js';
import type { ApiEnvironment } from '../environment.js';
import { gateVerdictsOf, undefinedWhereAltered } from '../gate-verdicts.js';
import { projectOf } from '../permissions.js';
import { readBody } from '../read-request.js';
import type { Route } from '../route.js';
import type { SigningKeys } from '../signing.js';
import type { ApiStores } from '../stores.js';

type Stores = Pick<ApiStores, 'approvals' | 'evidence' | 'views'>;
type Tried = TriedPolicy['requests'][number];

const USUAL = 50;

/** POST /v1/policies/try: what a policy would have said of the requests of the past. It writes nothing. */
function tryPolicy(stores: Stores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const project = projectOf(c);
    const { policy, limit = USUAL } = await readBody(c, tryPolicySchema);
    const lines = (await stores.views.approvals(project)).slice(0, limit);
    const requests: Tried[] = [];
    for (const { id } of lines) requests.push(await tryOn(id, policy, { stores, keys }));
    const answer: TriedPolicy = { requests };
    return c.json(answer);
  };
}

async function tryOn(
  id: string,
  policy: ApprovalPolicy,
  { stores, keys }: { stores: Stores; keys: SigningKeys },
): Promise<Tried> {
  const { request, ...file } = await stores.approvals.load(id);
  // What was signed is verified against what it binds; only then it is counted by the other policy.
  const { verified } = judgeRequest({ request, ...file }, keys.instance, keys.publicKey);
  const tally = tallyApproval(policy, involvedIn(request.terms), verified);
  const automatic = await automaticOn(request, policy, stores);
  const signed = (decision: string) => verified.find((one) => one.id === decision);
  return {
    requestId: id,
    runId: request.runId,
    state: request.state,
    wouldBe: tally.outcome === 'pending' && automatic?.holds === true ? 'approved' : tally.outcome,
    missing: automatic?.holds === true ? [] : tally.missing,
    discounted: tally.discounted.flatMap(({ id: decision, reason }) => {
      const { principal, role } = signed(decision) ?? {};
      const isTakenBack = verified.some(({ supersedes }) => supersedes === decision);
      return principal === undefined || role === undefined || isTakenBack ? [] : [{ principal, role, reason }];
    }),
    automatic,
  };
}

async function automaticOn(
  request: ApprovalRequest,
  { automatic }: ApprovalPolicy,
  { evidence }: Stores,
): Promise<Tried['automatic']> {
  if (automatic === undefined) return null;
  const gates = await gateVerdictsOf(evidence, request).catch(undefinedWhereAltered);
  if (gates === undefined) return { holds: false, reason: 'its gate verdicts are missing or were altered' };
  return evaluateAutomatic(automatic.when, automaticInputs(request, gates));
}

export const tryPolicyRoute: Route = {
  method: 'post',
  path: '/v1/policies/try',
  operationId: 'tryPolicy',
  tag: 'approvals',
  summary: 'What a policy would have said of past requests',
  description: 'The signatures on file are counted by this policy, the latest requests first. Nothing is written.',
  request: { query: projectQuerySchema, body: tryPolicySchema },
  answers: { 200: { description: 'Request by request.', schema: triedPolicySchema } },
  handler: tryPolicy,
};

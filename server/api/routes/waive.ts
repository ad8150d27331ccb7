import type { Route } from '../route.js';
import type { Handler } from 'hono';
import { waiveSchema, waivedSchema, type Waive, type Waived } from '../../../domain/api/decide.js';
import { whyExcluded, type Signer } from '../../../domain/approvals/may-sign.js';
import { keyId } from '../../../domain/evidence/dsse.js';
import { isBlocking } from '../../../domain/kernel/answers.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { RequestFile } from '../../../domain/ports/approval-store.js';
import { auditRefusal, requireSameSubject } from '../audit-refusal.js';
import type { ApiEnvironment } from '../environment.js';
import { readBody } from '../read-request.js';
import { loadVisible, signerOf } from '../request-file.js';
import { requireRecentProof } from '../recent-proof.js';
import { authnOf, signWaiver, type SigningKeys } from '../signing.js';
import type { ApiStores, Principal } from '../stores.js';

type Stores = Pick<ApiStores, 'approvals' | 'decisions' | 'delegations' | 'attempts'>;

/** POST /v1/approvals/:id/waivers: signs an exception for one answer that blocks, for one purpose, until a moment. */
function waive(stores: Stores, keys: SigningKeys): Handler<ApiEnvironment> {
  return async (c) => {
    const principal = c.get('principal');
    const file = await loadVisible(stores.approvals, principal, c.req.param('id') ?? '');
    const asked = await readBody(c, waiveSchema);
    const about = { principal, file, named: `waive ${asked.question}` };
    const signer = await signerOf(stores.delegations, principal, file);
    const waived = await auditRefusal(stores.attempts, about, () =>
      signAndStore({ stores, keys, file, asked, signer, asking: principal }),
    );
    return c.json(waived, 201);
  };
}

interface Waiving {
  stores: Stores;
  keys: SigningKeys;
  file: RequestFile;
  asked: Waive;
  signer: Signer;
  /** How they are signed in. */
  asking: Principal;
}

async function signAndStore({ stores, keys, file, asked, signer, asking }: Waiving): Promise<Waived> {
  requireSameSubject(file, asked.subjectDigest);
  const role = waivingRole(file, asked, signer);
  requireBlocking(file, asked.question);
  const until = new Date(asked.until).toISOString();
  if (Date.parse(until) <= Date.parse(file.now))
    throw new LifecycleError('INVALID_INPUT', `A waiver ends in the future, not on ${until}.`);
  requireRecentProof(file, asking);
  const { principal } = signer;
  const { question, purpose, reason } = asked;
  const { id: requestId, subjectDigest } = file.request;
  const envelope = signWaiver(keys, file, {
    principal,
    authn: authnOf(asking),
    role,
    question,
    purpose,
    reason,
    until,
  });
  const row = { requestId, question, principal, role, reason, purpose, until, envelope };
  const { waiverId } = await stores.decisions.recordWaiver(row);
  return { waiverId, requestId, subjectDigest, question, until, keyId: keyId(keys.publicKey) };
}

/** The one role that the policy lets waive. @throws LifecycleError NOT_ALLOWED where it is not the signer's. */
function waivingRole(file: RequestFile, asked: Waive, signer: Signer): string {
  const { role } = file.request.terms.policy.waivers;
  const excluded = whyExcluded(file, signer);
  if (excluded !== null) throw new LifecycleError('NOT_ALLOWED', `You cannot waive: ${excluded}.`);
  if ((asked.role ?? role) === role && signer.roles.includes(role)) return role;
  throw new LifecycleError('NOT_ALLOWED', `The policy lets the role ${role} waive, which you do not sign in.`);
}

function requireBlocking(file: RequestFile, question: string): void {
  const answer = file.request.terms.answers.find((one) => one.question === question);
  if (answer !== undefined && isBlocking(answer)) return;
  const found = answer === undefined ? 'was not asked' : `is ${answer.verdict}`;
  throw new LifecycleError('INVALID_INPUT', `${question} ${found}: there is nothing to waive.`);
}

export const waiveRoute: Route = {
  method: 'post',
  path: '/v1/approvals/:id/waivers',
  operationId: 'waive',
  tag: 'approvals',
  scope: 'approve',
  summary: 'Sign an exception for one answer that blocks, for one purpose, until a moment',
  description: 'The policy of the request says who may waive. An equal repeated waiver is the first one.',
  request: { body: waiveSchema },
  answers: { 201: { description: 'The waiver is signed and on record.', schema: waivedSchema } },
  handler: waive,
};

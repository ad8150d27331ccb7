import { tallyApproval, type CountedDecision } from '../kernel/approval.js';
import { LifecycleError } from '../kernel/errors.js';
import type { RequestFile } from '../ports/approval-store.js';
import { requestersOf } from './requesters.js';

/** One role in one stage of a policy. */
export interface Part {
  stage: string;
  role: string;
}

/** Who would sign, with the roles that they hold now. */
export interface Signer {
  principal: string;
  kind: 'person' | 'service';
  roles: readonly string[];
}

/** The parts that the policy asks for. */
export const askedParts = ({ request }: RequestFile): Part[] =>
  request.terms.policy.stages.flatMap((stage) => stage.roles.map(({ role }) => ({ stage: stage.name, role })));

/** Why a request can no longer be decided, by the database's clock; null where it can. */
export function whyClosed({ request, now }: RequestFile): string | null {
  if (request.state !== 'open') return `request ${request.id} is ${request.state}`;
  if (Date.parse(request.expiresAt) <= Date.parse(now)) return `request ${request.id} expired on ${request.expiresAt}`;
  return null;
}

/** Why somebody signs nothing on this request, whatever their roles; null where that depends on roles. */
export function whyExcluded({ request }: RequestFile, signer: Signer): string | null {
  const { policy } = request.terms;
  if (signer.kind === 'service') return 'a service signs nothing: a person does';
  if (policy.fourEyes.excludeRequester && requestersOf(request.terms).includes(signer.principal))
    return 'four eyes: whoever requested the run, or one that it rests on, does not sign';
  return null;
}

/**
 * Why a decision of this person in this part would not count, or null where it would: the tally that releases judges
 * it before it is signed. `file` holds the decisions that verify.
 */
export function whyNotSign(file: RequestFile, signer: Signer, part: Part): string | null {
  const excluded = whyExcluded(file, signer);
  if (excluded !== null) return excluded;
  const candidate: CountedDecision = {
    id: '',
    principal: signer.principal,
    ...part,
    verdict: 'approve',
    holdsRole: signer.roles.includes(part.role),
  };
  const { terms } = file.request;
  const { discounted } = tallyApproval(terms.policy, requestersOf(terms), [...file.decisions, candidate]);
  return discounted.find(({ id }) => id === candidate.id)?.reason ?? null;
}

/**
 * The part in which somebody means to sign. Without a role it is the only one that they hold.
 * @throws LifecycleError NOT_ALLOWED where they hold none; INVALID_INPUT where the policy asks for no such part, or
 * where several fit.
 */
export function choosePart(file: RequestFile, signer: Signer, asked: { stage?: string; role?: string }): Part {
  const fits = askedParts(file).filter(
    ({ stage, role }) => (asked.stage ?? stage) === stage && (asked.role ?? role) === role,
  );
  const wanted = [asked.role ?? 'anybody', ...(asked.stage === undefined ? [] : [`in ${asked.stage}`])].join(' ');
  if (fits.length === 0) throw new LifecycleError('INVALID_INPUT', `The policy does not ask for ${wanted}.`);
  const own = asked.role === undefined ? fits.filter(({ role }) => signer.roles.includes(role)) : fits;
  const [part, other] = own;
  if (part === undefined)
    throw new LifecycleError('NOT_ALLOWED', `You hold none of the roles that are asked for: ${printParts(fits)}.`);
  if (other === undefined) return part;
  throw new LifecycleError('INVALID_INPUT', `Several parts fit: ${printParts(own)}. Name the role and the stage.`);
}

const printParts = (parts: readonly Part[]): string => parts.map(({ stage, role }) => `${role} in ${stage}`).join(', ');

import { tallyApproval, type CountedDecision } from '../kernel/approval.js';
import { whyInvolved } from '../kernel/approval-policy.js';
import { LifecycleError } from '../kernel/errors.js';
import type { RequestFile } from '../ports/approval-store.js';
import { involvedIn } from './involved.js';

/** One role in one stage of a policy. */
export interface Part {
  stage: string;
  role: string;
}

/** How somebody would sign in a part: by their own role, by that of an escalation, or for somebody who lets them. */
export interface Way extends Part {
  via: string | null;
  delegation: { id: string; delegator: string } | null;
}

/** Who would sign, with what they may do now. */
export interface Signer {
  principal: string;
  kind: 'person' | 'service';
  roles: readonly string[];
  /** Delegations to them that hold now, of roles that the delegators hold now. */
  delegations?: readonly { id: string; delegator: string; role: string }[];
}

/** What people have decided, as far as it verifies. */
export interface Considered {
  file: RequestFile;
  counted: readonly CountedDecision[];
}

/** The parts that the policy asks for. */
const askedParts = ({ request }: RequestFile): Part[] =>
  request.terms.policy.stages.flatMap((stage) => stage.roles.map(({ role }) => ({ stage: stage.name, role })));

/** Why a request can no longer be decided, by the database's clock; null where it can. */
export function whyClosed({ request, now }: RequestFile): string | null {
  if (request.state !== 'open') return `request ${request.id} is ${request.state}`;
  if (Date.parse(request.expiresAt) <= Date.parse(now)) return `request ${request.id} expired on ${request.expiresAt}`;
  return null;
}

/** Why somebody signs nothing on this request, whatever their roles; null where that depends on roles. */
export function whyExcluded({ request }: RequestFile, { principal, kind }: Signer): string | null {
  const { policy } = request.terms;
  const isNamed = policy.stages.some(({ roles }) => roles.some(({ services = [] }) => services.includes(principal)));
  if (kind === 'service' && !isNamed) return 'a service signs nothing: a person does';
  return whyInvolved(policy, involvedIn(request.terms), principal);
}

/**
 * Why a decision of this person in this way would not count, or null where it would: the tally that releases judges it
 * before it is signed.
 */
export function whyNotSign({ file, counted }: Considered, signer: Signer, way: Way): string | null {
  const { request, now } = file;
  const candidate: CountedDecision = {
    id: '',
    principal: signer.principal,
    isService: signer.kind === 'service',
    onBehalfOf: way.delegation?.delegator ?? null,
    stage: way.stage,
    role: way.role,
    via: way.via,
    verdict: 'approve',
    holdsRole: way.delegation !== null || signer.roles.includes(way.via ?? way.role),
    afterMilliseconds: Date.parse(now) - Date.parse(request.openedAt),
  };
  const { policy } = request.terms;
  const { discounted } = tallyApproval(policy, involvedIn(request.terms), [...counted, candidate]);
  return discounted.find(({ id }) => id === candidate.id)?.reason ?? null;
}

/** The ways in which somebody could mean to sign, their own role first; also those that would not count. */
export function waysOf({ request }: RequestFile, { roles, delegations = [] }: Signer): Way[] {
  return request.terms.policy.stages.flatMap((stage) =>
    stage.roles.flatMap(({ role, escalate = [] }) => {
      const part = { stage: stage.name, role };
      const steps = escalate.map(({ to }) => to);
      return [
        { ...part, via: null, delegation: null },
        ...steps.filter((to) => roles.includes(to)).map((via) => ({ ...part, via, delegation: null })),
        ...delegations
          .filter((one) => one.role === role || steps.includes(one.role))
          .map(({ id, delegator, role: given }) => ({
            ...part,
            via: given === role ? null : given,
            delegation: { id, delegator },
          })),
      ];
    }),
  );
}

/** What somebody says of how they mean to sign; the rest is found. */
export interface AskedWay {
  stage?: string | undefined;
  role?: string | undefined;
  onBehalfOf?: string | undefined;
}

/**
 * The way in which somebody means to sign, and in which it would count.
 * @throws LifecycleError NOT_ALLOWED where none would count; INVALID_INPUT where the policy asks for no such part, or
 * where several fit.
 */
export function chooseWay(considered: Considered, signer: Signer, asked: AskedWay): Way {
  const fits = waysOf(considered.file, signer).filter(
    ({ stage, role, delegation }) =>
      (asked.stage ?? stage) === stage &&
      (asked.role ?? role) === role &&
      (asked.onBehalfOf === undefined || asked.onBehalfOf === delegation?.delegator),
  );
  const isAsked = askedParts(considered.file).some((part) => fits.some((way) => isSamePart(part, way)));
  if (!isAsked) throw nothingFits(asked);
  const judged = fits.map((way) => ({ way, reason: whyNotSign(considered, signer, way) }));
  const good = judged.filter(({ reason }) => reason === null).map(({ way }) => way);
  const [way] = good;
  if (way === undefined) throw noneCounts(judged, signer, asked);
  const other = good.find((one) => !isSamePart(one, way));
  if (other === undefined) return way;
  throw new LifecycleError('INVALID_INPUT', `Several parts fit: ${printParts(good)}. Name the role and the stage.`);
}

const isSamePart = (one: Part, other: Part): boolean => one.stage === other.stage && one.role === other.role;

function nothingFits({ role, stage, onBehalfOf }: AskedWay): LifecycleError {
  if (onBehalfOf !== undefined)
    return new LifecycleError('NOT_ALLOWED', `${onBehalfOf} lets you sign nothing here for them.`);
  const wanted = [role ?? 'anybody', ...(stage === undefined ? [] : [`in ${stage}`])].join(' ');
  return new LifecycleError('INVALID_INPUT', `The policy does not ask for ${wanted}.`);
}

function noneCounts(
  judged: readonly { way: Way; reason: string | null }[],
  { roles }: Signer,
  { role }: AskedWay,
): LifecycleError {
  const held = judged.filter(({ way }) => way.via !== null || way.delegation !== null || roles.includes(way.role));
  if (held.length === 0 && role === undefined)
    return new LifecycleError(
      'NOT_ALLOWED',
      `You hold none of the roles that are asked for: ${printParts(judged.map(({ way }) => way))}.`,
    );
  const reason = (held[0] ?? judged[0])?.reason ?? 'the policy asks for nobody';
  return new LifecycleError('NOT_ALLOWED', `Your signature would not count: ${reason}.`);
}

const printParts = (parts: readonly Part[]): string =>
  [...new Set(parts.map(({ stage, role }) => `${role} in ${stage}`))].join(', ');

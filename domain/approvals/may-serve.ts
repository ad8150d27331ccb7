import type { KeyObject } from 'node:crypto';
import { parseDuration } from '../kernel/units/duration.js';
import type { RequestFile } from '../ports/approval-store.js';
import type { ModelVersion } from '../ports/registry-store.js';
import { isBoundModel } from './bound-model.js';
import { judgeRequest } from './judge-request.js';

export interface ServingQuestion {
  version: ModelVersion;
  alias: string;
  /**
   * The request under which the version's run was released, as it stood when it was closed: roles as held at that
   * moment, `now` that moment. Undefined where no request of the run was approved.
   */
  released: RequestFile | undefined;
  /** By the clock of whoever asks, ISO 8601: only a policy that stops what serves when its time is over looks at it. */
  now: string;
}

/** When an approval runs out, ISO 8601; null where it does not. `closedAt` is the moment of the release. */
export function validUntil({ terms }: Pick<RequestFile['request'], 'terms'>, closedAt: string): string | null {
  const { validity } = terms.policy;
  return validity === undefined ? null : new Date(Date.parse(closedAt) + parseDuration(validity.for)).toISOString();
}

/** An approval that ran out takes down what serves only where the policy says so. */
function whyValidityEnded({ request, now: closedAt }: RequestFile, now: string): string | null {
  const until = validUntil(request, closedAt);
  const isOver = until !== null && Date.parse(until) <= Date.parse(now);
  return isOver && request.terms.policy.validity?.whenEnded === 'stop' ? `its approval ran out on ${until}` : null;
}

/**
 * Why a version may not be served under an alias, or null where it may. What counts is the moment of release: a waiver
 * that ended since, or a role given back since, makes the next release impossible and does not take down what serves.
 * Signatures and digests are verified as they are now; one decision that no longer verifies refuses the version, even
 * where the others would suffice: it may have been a rejection.
 */
export function whyNotServe(
  { version, alias, released, now }: ServingQuestion,
  instance: string,
  publicKey: KeyObject,
): string | null {
  if (released === undefined) return `run ${version.runId} has no approved request`;
  const { request } = released;
  if (request.state !== 'approved') return `request ${request.id} is ${request.state}`;
  if (request.runId !== version.runId || request.project !== version.project)
    return `request ${request.id} is about another run`;
  const { target } = request.subject;
  if (target.project !== version.project) return `it was approved for the project ${target.project}`;
  if (target.alias !== alias) return `it was approved for the alias ${target.alias}`;
  if (!isBoundModel(request.subject, version)) return 'the model is not the one that was approved';
  const ended = whyValidityEnded(released, now);
  if (ended !== null) return ended;
  const judgement = judgeRequest(released, instance, publicKey);
  const isBoundTo = (id: string): boolean => id === request.id || released.decisions.some((one) => one.id === id);
  const altered = judgement.unverified.find(({ id }) => isBoundTo(id));
  if (altered !== undefined) return `${altered.id}: ${altered.reason}`;
  return judgement.outcome === 'approved' ? null : `its decisions add up to ${judgement.outcome}`;
}

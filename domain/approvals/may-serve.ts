import type { KeyObject } from 'node:crypto';
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
}

/**
 * Why a version may not be served under an alias, or null where it may. What counts is the moment of release: a waiver
 * that ended since, or a role given back since, makes the next release impossible and does not take down what serves.
 * Signatures and digests are verified as they are now; one decision that no longer verifies refuses the version, even
 * where the others would suffice: it may have been a rejection.
 */
export function whyNotServe(
  { version, alias, released }: ServingQuestion,
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
  const judgement = judgeRequest(released, instance, publicKey);
  const isBoundTo = (id: string): boolean => id === request.id || released.decisions.some((one) => one.id === id);
  const altered = judgement.unverified.find(({ id }) => isBoundTo(id));
  if (altered !== undefined) return `${altered.id}: ${altered.reason}`;
  return judgement.outcome === 'approved' ? null : `its decisions add up to ${judgement.outcome}`;
}

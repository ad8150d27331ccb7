import type { KeyObject } from 'node:crypto';
import { openEnvelope } from '../evidence/dsse.js';
import type { StoredDelegation } from '../ports/approval-store.js';
import { DELEGATION_PAYLOAD_TYPE, delegationStatementSchema } from './statement.js';

/** Why one person did not sign for another under a delegation; null where they did. What counts is what was signed. */
export function whyNoDelegation(
  stored: StoredDelegation,
  asked: { project: string; delegator: string; delegate: string; role: string; at: string },
  { instance, publicKey }: { instance: string; publicKey: KeyObject },
): string | null {
  const opened = openEnvelope(DELEGATION_PAYLOAD_TYPE, stored.envelope, publicKey);
  const { data: signed } = delegationStatementSchema.safeParse(opened);
  if (signed === undefined) return 'the delegation does not verify';
  const isThis =
    signed.instance === instance &&
    signed.project === asked.project &&
    signed.delegator === asked.delegator &&
    signed.delegate === asked.delegate &&
    signed.role === asked.role;
  if (!isThis) return 'the delegation is for somebody or something else';
  const at = Date.parse(asked.at);
  if (at < Date.parse(signed.from) || at >= Date.parse(signed.until))
    return `the delegation holds from ${signed.from} until ${signed.until}`;
  return null;
}

/** Why what was signed under a delegation counts no more at a moment: it was taken back before. */
export const whyLapsed = ({ revokedAt }: StoredDelegation, now: string): string | null =>
  revokedAt !== null && Date.parse(revokedAt) <= Date.parse(now) ? 'the delegation was taken back' : null;

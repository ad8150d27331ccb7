import { LifecycleError } from '../../domain/kernel/errors.js';
import { parseDuration } from '../../domain/kernel/units/duration.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import type { Principal } from './stores.js';

/** Of a session, where the policy does not say: whoever left a browser open has not signed. */
const SESSION_WITHIN = '15m';

/** How long ago, at the longest, somebody must have proved who they are to sign on a request; null: as they are. */
export const recentProof = ({ request }: RequestFile, { via }: Pick<Principal, 'via'>): string | null =>
  request.terms.policy.reauthenticate ?? (via === 'session' ? SESSION_WITHIN : null);

/** @throws LifecycleError NOT_ALLOWED, with `reauthenticate`, where that is too long ago */
export function requireRecentProof(file: RequestFile, principal: Pick<Principal, 'via' | 'authenticatedAt'>): void {
  const within = recentProof(file, principal);
  const since = Date.parse(file.now) - Date.parse(principal.authenticatedAt);
  if (within === null || since <= parseDuration(within)) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    `Signing asks that you proved who you are within ${within}: sign in again, then sign.`,
    { reauthenticate: true, within },
  );
}

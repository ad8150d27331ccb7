import { parseDuration } from '../../domain/kernel/units/duration.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { requireFreshSignIn } from './sign-in/fresh-sign-in.js';
import type { Principal } from './stores.js';

/** Of a session, where the policy does not say: whoever left a browser open has not signed. */
const SESSION_WITHIN = '15m';

/** How long ago, at the longest, somebody must have proved who they are to sign on a request; null: as they are. */
export const recentProof = ({ request }: RequestFile, { via }: Pick<Principal, 'via'>): string | null =>
  request.terms.policy.reauthenticate ?? (via === 'session' ? SESSION_WITHIN : null);

/** By the database's clock. @throws LifecycleError NOT_ALLOWED, with `reauthenticate`, where that is too long ago */
export function requireRecentProof(file: RequestFile, principal: Principal): void {
  const within = recentProof(file, principal);
  if (within !== null) requireFreshSignIn(principal, parseDuration(within), Date.parse(file.now));
}

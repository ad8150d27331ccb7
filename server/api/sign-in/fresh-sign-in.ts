import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { Principal } from '../stores.js';

const MINUTE = 60_000;

/**
 * For acts that matter most (ASVS 7.5.3): whoever does them has proved lately who they are. A service has nothing but its
 * token, and is let through: policies say which services may act at all.
 * @throws LifecycleError NOT_ALLOWED with `reauthenticate` in its details
 */
export function requireFreshSignIn(principal: Principal, withinMilliseconds: number, now = Date.now()): void {
  if (principal.kind === 'service' || now - Date.parse(principal.authenticatedAt) <= withinMilliseconds) return;
  const minutes = Math.round(withinMilliseconds / MINUTE);
  const how = principal.via === 'token' ? 'Run `assay login` again' : 'Sign in again';
  const words = `This needs a sign-in of the last ${minutes} minutes; yours is of ${principal.authenticatedAt}. ${how}.`;
  throw new LifecycleError('NOT_ALLOWED', words, { reauthenticate: true });
}

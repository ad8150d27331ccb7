import type { Context } from 'hono';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { SignIn } from './sign-in.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;

export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/**
 * What a browser says of where a request comes from: a page of ours, another's, or nothing, as programs do. Browsers send
 * `Sec-Fetch-Site` to https and loopback, and `Origin` with every unsafe method; no page can forge either.
 */
function comesFrom(c: Context, { publicUrl, isDev }: SignIn): 'us' | 'elsewhere' | 'unsaid' {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (site !== undefined) return site === 'same-origin' ? 'us' : 'elsewhere';
  if (origin === undefined) return 'unsaid';
  if (publicUrl !== undefined && origin === publicUrl.origin) return 'us';
  return isDev && isOwnLoopback(c, origin) ? 'us' : 'elsewhere';
}

/** `assay dev` is reached by each of the machine's own names; a name that only resolves to it is somebody else's. */
function isOwnLoopback(c: Context, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const said = new URL(origin);
  return isLoopback(said) && said.host === c.req.header('host');
}

/** @throws LifecycleError NOT_ALLOWED for an unsafe request that comes by cookie and not from a page of ours. */
export function requireSameSite(c: Context, signIn: SignIn): void {
  if (SAFE.has(c.req.method) || comesFrom(c, signIn) === 'us') return;
  throw elsewhere();
}

/** Before there is a cookie: a program may ask, another site's page may not. @throws LifecycleError NOT_ALLOWED */
export function refuseOtherSites(c: Context, signIn: SignIn): void {
  if (comesFrom(c, signIn) === 'elsewhere') throw elsewhere();
}

const elsewhere = (): LifecycleError =>
  new LifecycleError('NOT_ALLOWED', 'This came from a page of another site. Open Assay at its own address.');

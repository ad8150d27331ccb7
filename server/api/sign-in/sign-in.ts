import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { NewSession } from '../../../db/stores/sessions.js';
import type { ApiStores } from '../stores.js';
import type { OidcSignIn } from './oidc.js';
import { isLoopback } from './same-site.js';

/** How people sign in here. */
export interface SignIn {
  /** Where people reach the api. Without it nobody signs in. */
  publicUrl: URL | undefined;
  /** Whether `assay dev` started the api: plain http on this machine will do, and there are demo identities. */
  isDev: boolean;
  /** An identity provider, where there is one. */
  oidc?: OidcSignIn | undefined;
}

const ID_BYTES = 32;
const SECURE_NAME = '__Host-assay';
/** Browsers refuse `Secure`, and so the prefix, on plain http. */
const PLAIN_NAME = 'assay';

export const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether people can sign in: over https, and on this machine under `assay dev`. */
export const canSignIn = ({ publicUrl, isDev }: SignIn): boolean =>
  publicUrl !== undefined && (publicUrl.protocol === 'https:' || (isDev && isLoopback(publicUrl)));

/** @throws LifecycleError NOT_ALLOWED where a password or a session would cross the network in the open. */
export function requireSafeTransport(signIn: SignIn): void {
  if (canSignIn(signIn)) return;
  throw new LifecycleError(
    'NOT_ALLOWED',
    'Nobody signs in over plain http. Put a proxy with TLS before the api and set ASSAY_PUBLIC_URL to its https address.',
  );
}

const isSecure = ({ publicUrl }: SignIn): boolean => publicUrl?.protocol === 'https:';
const cookieOptions = (signIn: SignIn) =>
  ({ path: '/', httpOnly: true, secure: isSecure(signIn), sameSite: 'Lax' }) as const;
const nameOf = (signIn: SignIn): string => (isSecure(signIn) ? SECURE_NAME : PLAIN_NAME);

/** The SHA-256 of the session's id that the browser sent. */
export function sessionHash(c: Context, signIn: SignIn): string | undefined {
  const id = canSignIn(signIn) ? getCookie(c, nameOf(signIn)) : undefined;
  return id === undefined || id === '' ? undefined : sha256(id);
}

/**
 * Makes a session under an id that nobody had before (session fixation), and gives it to the browser; what the browser
 * had is ended. `make` stores it.
 */
export async function beginSession(
  c: Context,
  signIn: SignIn,
  sessions: Pick<ApiStores['sessions'], 'endByHash'>,
  make: (hash: Pick<NewSession, 'sha256'>) => Promise<unknown>,
): Promise<void> {
  requireSafeTransport(signIn);
  const id = randomBytes(ID_BYTES).toString('base64url');
  await make({ sha256: sha256(id) });
  const former = sessionHash(c, signIn);
  if (former !== undefined) await sessions.endByHash(former);
  setCookie(c, nameOf(signIn), id, cookieOptions(signIn));
}

export const forgetCookie = (c: Context, signIn: SignIn): void => {
  deleteCookie(c, nameOf(signIn), cookieOptions(signIn));
};

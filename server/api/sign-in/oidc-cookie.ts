import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { OidcTransaction } from './oidc.js';

const transactionSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  isFresh: z.boolean(),
  startedAt: z.number(),
});

const LIFE_SECONDS = 600;
const nameOf = (isSecure: boolean): string => (isSecure ? '__Host-assay-oidc' : 'assay-oidc');
const attributes = (isSecure: boolean) => ({ path: '/', httpOnly: true, secure: isSecure, sameSite: 'Lax' }) as const;

/** Binds a sign-in to the browser that began it: an answer that is carried into another one finds no cookie there. */
export function keepTransaction(c: Context, transaction: OidcTransaction, isSecure: boolean): void {
  const text = Buffer.from(JSON.stringify(transaction)).toString('base64url');
  setCookie(c, nameOf(isSecure), text, { ...attributes(isSecure), maxAge: LIFE_SECONDS });
}

/** Gives it once. Undefined where there is none, or it has waited for too long. */
export function takeTransaction(c: Context, isSecure: boolean, now = Date.now()): OidcTransaction | undefined {
  const text = getCookie(c, nameOf(isSecure));
  deleteCookie(c, nameOf(isSecure), attributes(isSecure));
  if (text === undefined) return undefined;
  const { data } = transactionSchema.safeParse(parsed(Buffer.from(text, 'base64url').toString()));
  return data !== undefined && now / 1000 - data.startedAt <= LIFE_SECONDS ? data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

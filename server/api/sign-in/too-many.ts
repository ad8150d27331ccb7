import type { Context } from 'hono';
import type { PaceLimit } from '../../../db/stores/sign-in-pace.js';
import { addressOf } from '../../process/address-of.js';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';

/**
 * How often a password may be tried: of one account from one address, of one account from anywhere (so that many
 * addresses are of little use), and from one address at any account.
 */
export const passwordLimits = (c: Context, account: string): PaceLimit[] => [
  { what: ['password', account, addressOf(c)], most: 10, windowSeconds: 900 },
  { what: ['password', account], most: 100, windowSeconds: 3600 },
  { what: ['password-from', addressOf(c)], most: 200, windowSeconds: 900 },
];

/** How often a one-time code may be tried from one address. */
export const codeLimits = (c: Context): PaceLimit[] => [
  { what: ['code-from', addressOf(c)], most: 20, windowSeconds: 900 },
];

/** 429: it may be tried again after so many seconds. */
export function tooMany(c: Context<ApiEnvironment>, seconds: number): Response {
  c.header('retry-after', String(seconds));
  const detail = `This was tried too often. Wait ${seconds} s.`;
  return sendProblem(c, { status: 429, title: 'Too many attempts', code: 'TOO_MANY', detail });
}

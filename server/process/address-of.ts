import type { Context } from 'hono';

/** Where a request's connection comes from: of a proxy, the proxy. Empty without a socket. What a header says is not believed. */
export function addressOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? '';
}

import { createHmac } from 'node:crypto';
import { LifecycleError } from '../kernel/errors.js';

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
/** By Standard Webhooks. */
const KEY_BYTES = { least: 24, most: 64 };

/**
 * The headers that let a receiver prove where a message comes from and when it was sent (Standard Webhooks 1.0.0): an
 * HMAC-SHA256 over id, time and body for each secret, so that an old one counts until it is taken away.
 * @throws LifecycleError INVALID_INPUT for a secret that is not `whsec_` and 24 to 64 bytes in base64
 */
export function signedHeaders(
  message: { id: string; body: string; /** Unix time. */ seconds: number },
  secrets: readonly string[],
): Record<string, string> {
  const { id, body, seconds } = message;
  const sign = (secret: string): string =>
    `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map(sign).join(' '),
  };
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64');
  if (key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most) return key;
  throw new LifecycleError(
    'INVALID_INPUT',
    `A webhook's secret is whsec_ and ${KEY_BYTES.least} to ${KEY_BYTES.most} random bytes in base64: ` +
      'echo "whsec_$(openssl rand -base64 32)" makes one.',
  );
}

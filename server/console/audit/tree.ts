import canonicalize from 'canonicalize';
import type { components } from '../../client/openapi-types.js';

/** An event as it is chained: exactly its keys. */
type ChainedEvent = NonNullable<components['schemas']['AuditEntry']['event']>;

type Bytes = Uint8Array<ArrayBuffer>;

const text = new TextEncoder();
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const toHex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const fromHex = (hex: string): Bytes =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

/** RFC 6962 leaf: SHA-256(0x00 ‖ canonical JSON of the event). */
export function leafHash({ id, at, project, actor, action, subject, details, eventKey }: ChainedEvent): Promise<Bytes> {
  const content = { id, at, project, actor, action, subject, details, eventKey };
  return sha256(LEAF, text.encode(canonicalize(content)));
}

/** The root over leaf hashes (RFC 6962, 2.1). */
export async function treeRoot(hashes: readonly Bytes[]): Promise<Bytes> {
  if (hashes.length === 0) return sha256();
  let level = [...hashes];
  while (level.length > 1) {
    const above: Bytes[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = level.slice(at, at + 2);
      if (left !== undefined) above.push(right === undefined ? left : await sha256(NODE, left, right));
    }
    level = above;
  }
  return level[0] ?? sha256();
}

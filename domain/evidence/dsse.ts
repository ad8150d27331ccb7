import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical.js';

/** A DSSE envelope (github.com/secure-systems-lab/dsse, v1.0.2); base64 in `payload` and `sig`. */
export interface Envelope {
  payloadType: string;
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

/** Pre-authentication encoding: what is really signed, so that type and payload cannot be swapped. */
function preAuthenticationEncoding(payloadType: string, payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** The first 16 hex digits of the SHA-256 of the public key in SPKI form. */
export function keyId(key: KeyObject): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/** Signs the canonical JSON of a statement with ed25519. */
export function signStatement(payloadType: string, statement: unknown, privateKey: KeyObject): Envelope {
  const payload = Buffer.from(canonicalJson(statement));
  const sig = sign(null, preAuthenticationEncoding(payloadType, payload), privateKey).toString('base64');
  return { payloadType, payload: payload.toString('base64'), signatures: [{ keyid: keyId(privateKey), sig }] };
}

/** The signed statement, or undefined where type or signature do not hold under this key. */
export function openEnvelope(payloadType: string, envelope: Envelope, publicKey: KeyObject): unknown {
  if (envelope.payloadType !== payloadType) return undefined;
  const payload = strictBase64(envelope.payload);
  if (payload === undefined) return undefined;
  const encoded = preAuthenticationEncoding(payloadType, payload);
  const isSigned = envelope.signatures.some(({ sig }) => {
    const bytes = strictBase64(sig);
    return bytes !== undefined && verify(null, encoded, publicKey, bytes);
  });
  return isSigned ? decodePayload(payloadType, envelope) : undefined;
}

/** Node passes by what does not belong into base64: a text that was altered in that way alone is another text, too. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** What an envelope says, whoever signed it; undefined for another type, or what is no JSON. */
export function decodePayload(payloadType: string, { payloadType: written, payload }: Envelope): unknown {
  if (written !== payloadType) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

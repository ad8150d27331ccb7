import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import protos from '@temporalio/proto';
import { LifecycleError } from '../../domain/kernel/errors.js';

/** A key of AES-256-GCM: 32 bytes, and the name under which payloads say that they need it. */
export interface PayloadKey {
  id: string;
  bytes: Uint8Array;
}

/** The names that Temporal's samples use in every language, so that their tools can read along with the same keys. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts every payload on its way to Temporal with the first key; decrypts with whichever key a payload names. Without
 * keys, payloads go as they are. One that is encrypted never passes undecrypted, and none that should be encrypted passes
 * in plain text. Data: 12 bytes nonce, ciphertext of the protobuf payload, 16 bytes tag.
 * @throws LifecycleError INVALID_INPUT from `decode`, naming the key that is missing; ARTIFACT for altered data.
 */
export function createPayloadCodec(keys: readonly PayloadKey[]): PayloadCodec {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const [first] = keys;
  return {
    encode: async (payloads) => (first === undefined ? payloads : payloads.map((payload) => encrypt(first, payload))),
    decode: async (payloads) => payloads.map((payload) => decryptNamed(byId, payload)),
  };
}

function encrypt({ id, bytes }: PayloadKey, payload: Payload): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, nonce);
  const plain = protos.temporal.api.common.v1.Payload.encode(payload).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) }, data };
}

function decryptNamed(byId: ReadonlyMap<string, PayloadKey>, payload: Payload): Payload {
  if (textOf(payload, 'encoding') !== ENCODING) return payload;
  const id = textOf(payload, KEY_ID);
  const key = byId.get(id);
  if (key === undefined) {
    const known = [...byId.keys()].join(', ') || 'none';
    const message = `A payload was encrypted with the key '${id}', which this process does not have (it has: ${known}). Add it to ASSAY_PAYLOAD_KEYS after the first one; what waits for it then goes on.`;
    throw new LifecycleError('INVALID_INPUT', message, { keyId: id });
  }
  return decrypt(key, payload.data ?? new Uint8Array());
}

function decrypt({ id, bytes }: PayloadKey, data: Uint8Array): Payload {
  try {
    const end = data.length - TAG_BYTES;
    const cipher = createDecipheriv(CIPHER, bytes, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    cipher.setAuthTag(data.subarray(end));
    const plain = Buffer.concat([cipher.update(data.subarray(NONCE_BYTES, end)), cipher.final()]);
    const { metadata, data: content } = protos.temporal.api.common.v1.Payload.decode(plain);
    return { metadata, data: content };
  } catch (error) {
    const message = `A payload cannot be decrypted with the key '${id}': it was altered, or another key has this name.`;
    throw new LifecycleError('ARTIFACT', message, { keyId: id }, error);
  }
}

const textOf = ({ metadata }: Payload, name: string): string => Buffer.from(metadata?.[name] ?? '').toString('utf8');

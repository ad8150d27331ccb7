import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { PayloadKeyConfig } from '../domain/config/payload-keys.js';
import { LifecycleError } from '../domain/kernel/errors.js';
import type { Secrets } from '../domain/ports/secrets.js';
import { createPayloadCodec, type PayloadKey } from '../providers/temporal/payload-codec.js';

const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
/** The converter of failures that are to be encrypted; workflow bundles that encrypt hold it too. */
export const FAILURE_CONVERTER = fileURLToPath(new URL(`../workflows/failure-converter.${EXTENSION}`, import.meta.url));

/**
 * What workers, clients and replays of one installation must share. Without keys all is as Temporal has it, but a payload
 * that is encrypted is refused by the name of its key.
 */
export const dataConverterOf = (keys: readonly PayloadKey[]): DataConverter => ({
  payloadCodecs: [createPayloadCodec(keys)],
  ...(keys.length > 0 && { failureConverterPath: FAILURE_CONVERTER }),
});

const KEY_BYTES = 32;

/** The configured keys with their values. @throws LifecycleError INVALID_INPUT for one that is not 32 bytes in base64. */
export async function readPayloadKeys(
  configured: readonly PayloadKeyConfig[],
  secrets: Secrets,
): Promise<PayloadKey[]> {
  const keys: PayloadKey[] = [];
  for (const { id, key } of configured) {
    const written = await secrets.resolve(key);
    const bytes = Buffer.from(written, 'base64');
    if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== written.trim()) {
      const message = `The payload key '${id}' is not ${KEY_BYTES} bytes in base64. Make one with: openssl rand -base64 32`;
      throw new LifecycleError('INVALID_INPUT', message, { keyId: id });
    }
    keys.push({ id, bytes });
  }
  return keys;
}

import { z } from 'zod';
import { json } from './json.js';
import { withSecrets } from './secrets.js';

/** A key for payloads: its name, and 32 bytes in base64 or a reference to a secret that holds them. */
export interface PayloadKeyConfig {
  id: string;
  key: string;
}

const payloadKey = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,63}$/, { error: 'Use 1 to 63 letters, digits, ., _ and -.' }),
  key: withSecrets(z.string().min(1)),
});

/** `ASSAY_PAYLOAD_KEYS`: JSON, the key that encrypts first. */
export const payloadKeyList = json.pipe(
  z
    .array(payloadKey)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, { error: 'Two keys have one id.' }),
);

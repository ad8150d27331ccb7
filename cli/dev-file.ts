import { z } from 'zod';
import { privateFile } from './private-file.js';

const devFileSchema = z.object({
  apiUrl: z.url(),
  gatewayUrl: z.url(),
  providerUrl: z.url(),
  temporalAddress: z.string(),
  artifactsFolder: z.string(),
  /** Tokens of the demo identities by name. */
  tokens: z.record(z.string(), z.string()),
  /** The inbox's token at the gateway. */
  gatewayToken: z.string(),
});

/** What `assay dev` leaves for the other commands, readable by its user only. */
export type DevFile = z.infer<typeof devFileSchema>;

/** There while an `assay dev` runs in the state folder. */
export const {
  write: writeDevFile,
  remove: removeDevFile,
  read: readDevFile,
} = privateFile('dev.json', devFileSchema, {
  writtenBy: 'assay dev',
  remedy: 'Delete it and start "assay dev" again.',
});

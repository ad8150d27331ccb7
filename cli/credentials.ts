import { z } from 'zod';
import { privateFile } from './private-file.js';

const credentialsSchema = z.object({
  apiUrl: z.url(),
  principal: z.string(),
  token: z.string(),
  expiresAt: z.string(),
});

/** What `assay login` leaves for the other commands: one api at a time. */
export const {
  write: writeCredentials,
  remove: removeCredentials,
  read: readCredentials,
} = privateFile('credentials.json', credentialsSchema, {
  writtenBy: 'assay login',
  remedy: 'Delete it and log in again.',
});

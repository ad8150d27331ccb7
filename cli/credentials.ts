import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LifecycleError } from '../domain/kernel/errors.js';

const credentialsSchema = z.object({
  apiUrl: z.url(),
  principal: z.string(),
  token: z.string(),
  expiresAt: z.string(),
});

/** What `assay login` leaves for the other commands, readable by its user only: one api at a time. */
export type Credentials = z.infer<typeof credentialsSchema>;

const pathIn = (home: string): string => join(home, 'credentials.json');

export function writeCredentials(home: string, credentials: Credentials): void {
  mkdirSync(home, { recursive: true });
  const unfinished = `${pathIn(home)}.new`;
  writeFileSync(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, pathIn(home));
}

export const removeCredentials = (home: string): void => rmSync(pathIn(home), { force: true });

/**
 * Undefined where nobody has logged in.
 * @throws LifecycleError INVALID_INPUT when the file is there and cannot be understood
 */
export function readCredentials(home: string): Credentials | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(home), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${pathIn(home)} is not what "assay login" writes. Delete it and log in again.`;
    throw new LifecycleError('INVALID_INPUT', message, { path: pathIn(home) }, cause);
  }
}

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LifecycleError } from '../domain/kernel/errors.js';

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

const pathIn = (home: string): string => join(home, 'dev.json');

export function writeDevFile(home: string, content: DevFile): void {
  mkdirSync(home, { recursive: true });
  const unfinished = `${pathIn(home)}.new`;
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, pathIn(home));
}

export const removeDevFile = (home: string): void => rmSync(pathIn(home), { force: true });

/**
 * Undefined where no `assay dev` runs in this state folder.
 * @throws LifecycleError INVALID_INPUT when the file is there and cannot be understood
 */
export function readDevFile(home: string): DevFile | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(home), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return devFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${pathIn(home)} is not what "assay dev" writes. Delete it and start "assay dev" again.`;
    throw new LifecycleError('INVALID_INPUT', message, { path: pathIn(home) }, cause);
  }
}

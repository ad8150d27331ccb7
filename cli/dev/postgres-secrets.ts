import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';

/** Passwords of the embedded Postgres, made at random for this state folder. */
export interface PostgresSecrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly api: string;
}

const PASSWORD_BYTES = 24;

/**
 * Reads the passwords, or makes them; only this user may read the file.
 * @throws LifecycleError CONFLICT when the data that they open is there, and they are not
 */
export function secretsAt(path: string): PostgresSecrets {
  try {
    return completed(path, JSON.parse(readFileSync(path, 'utf8')) as Partial<PostgresSecrets>);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const data = join(dirname(path), 'data');
  if (existsSync(data)) throw passwordsLost(path, data);
  const secrets = { superuser: newPassword(), owner: newPassword(), app: newPassword(), api: newPassword() };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' });
  return secrets;
}

/** A folder of an earlier version lacks the role of the api. */
function completed(path: string, known: Partial<PostgresSecrets>): PostgresSecrets {
  const secrets = { api: newPassword(), ...known } as PostgresSecrets;
  if (known.api === undefined) {
    writeFileSync(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return secrets;
}

function passwordsLost(path: string, data: string): LifecycleError {
  const message = `the passwords of the embedded Postgres (${path}) are gone; put them back, or move ${data} away to start anew`;
  return new LifecycleError('CONFLICT', message, { folder: data });
}

const newPassword = (): string => randomBytes(PASSWORD_BYTES).toString('hex');

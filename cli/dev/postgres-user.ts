import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LifecycleError } from '../../domain/kernel/errors.js';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';
const ANYONE_MAY_PASS = 0o001;
const GROUP_MAY_PASS = 0o010;
const OWNER_MAY_PASS = 0o100;

/**
 * Postgres refuses to run as root: there it runs as the user `postgres`, who is created when the system has none.
 * @returns undefined when this process is not root, and Postgres may run as the same user
 */
export function userForPostgres(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp(NAME) ?? create(NAME);
}

function lookUp(name: string): SystemUser | undefined {
  try {
    return { uid: idOf('-u', name), gid: idOf('-g', name) };
  } catch {
    return undefined;
  }
}

const idOf = (flag: string, name: string): number =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }).trim());

function create(name: string): SystemUser {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', name], { stdio: 'pipe' });
    return { uid: idOf('-u', name), gid: idOf('-g', name) };
  } catch (error) {
    const message = `Postgres may not run as root, and the user "${name}" could not be created; create it, or start as another user`;
    throw new LifecycleError('COMMAND', message, {}, error);
  }
}

/** Whether the user may pass through every folder above this path (and, for a folder, into it). */
export function canReach(user: SystemUser, path: string): boolean {
  const parent = dirname(path);
  return mayPass(user, path) && (parent === path || canReach(user, parent));
}

function mayPass({ uid, gid }: SystemUser, path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  const bit = found.uid === uid ? OWNER_MAY_PASS : found.gid === gid ? GROUP_MAY_PASS : ANYONE_MAY_PASS;
  return (found.mode & bit) !== 0;
}

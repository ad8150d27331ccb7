import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { JobPaths } from './job-folder.js';

/**
 * Starts a keeper in a session of its own: it lives on when the worker is killed. It sees only what the command may see.
 * @throws LifecycleError COMMAND when no process can be started
 */
export async function startKeeper(paths: JobPaths, environment: Record<string, string>): Promise<void> {
  const errors = openSync(join(paths.folder, 'keeper.log'), 'a', 0o600);
  try {
    const child = spawn(process.execPath, [...keeperArguments(), paths.jobsFolder, paths.jobId], {
      cwd: paths.folder,
      detached: true,
      stdio: ['ignore', errors, errors],
      env: environment,
    });
    await once(child, 'spawn');
    child.unref();
  } catch (cause) {
    throw new LifecycleError('COMMAND', 'The process that looks after the command cannot be started.', {}, cause);
  } finally {
    closeSync(errors);
  }
}

/** From the sources through tsx, from `dist` as it is. */
function keeperArguments(): string[] {
  const built = fileURLToPath(new URL('./keeper-main.js', import.meta.url));
  if (existsSync(built)) return [built];
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return ['--import', loader, fileURLToPath(new URL('./keeper-main.ts', import.meta.url))];
}

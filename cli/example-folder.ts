import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LifecycleError } from '../domain/kernel/errors.js';

/**
 * The folder of an example, beside the sources or in `dist`, relative to the current folder.
 * @throws LifecycleError NOT_FOUND
 */
export function exampleFolder(name: string): string {
  const path = fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
  if (existsSync(path)) return relative(process.cwd(), path) || '.';
  throw new LifecycleError('NOT_FOUND', `The example ${name} is not there. Run "npm run build", or run from a clone.`, {
    name,
  });
}

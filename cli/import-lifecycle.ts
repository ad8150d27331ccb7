import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LifecycleError } from '../domain/kernel/errors.js';
import { resolveOwnEntry } from './own-entry.js';

/** Whether a lifecycle is written as a program. */
export const isProgram = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);

/**
 * Runs a program of the user, here and nowhere else, and gives its default export.
 * @throws LifecycleError INVALID_INPUT where it cannot be run or exports nothing
 */
export async function importLifecycle(path: string): Promise<unknown> {
  resolveOwnEntry();
  const program = await runProgramFile(path);
  const exported = isWrapped(program['default']) ? program['default'].default : program['default'];
  if (exported !== undefined) return exported;
  const message = `${path} has no default export. Write: export default defineLifecycle({ … });`;
  throw new LifecycleError('INVALID_INPUT', message, { path });
}

async function runProgramFile(path: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    throw new LifecycleError('INVALID_INPUT', refusalOf(path, url, cause), { path }, cause);
  }
}

function refusalOf(path: string, url: string, cause: unknown): string {
  const { code, url: missing } = Object(cause) as { code?: unknown; url?: unknown };
  if (code === 'ERR_MODULE_NOT_FOUND' && missing === url) return `Cannot read ${path}: there is no such file.`;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return `This Node runs no TypeScript by itself, so ${path} cannot be loaded. Write it as .mjs, or set NODE_OPTIONS="--import tsx".`;
  }
  return `${path} cannot be run: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** What a program compiled to CommonJS exports, seen from a module. */
const isWrapped = (exported: unknown): exported is { default: unknown } =>
  typeof exported === 'object' && exported !== null && '__esModule' in exported && 'default' in exported;

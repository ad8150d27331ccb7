import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The command that runs one of Assay's own entry files (`workers/main`) as a child process: from the sources through
 * tsx, from `dist` as it is.
 */
export function entryCommand(entry: string, args: readonly string[] = []): { command: string; args: string[] } {
  const source = fileURLToPath(new URL(`../../${entry}.ts`, import.meta.url));
  if (!existsSync(source)) {
    const built = fileURLToPath(new URL(`../../${entry}.js`, import.meta.url));
    return { command: process.execPath, args: ['--enable-source-maps', built, ...args] };
  }
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { command: process.execPath, args: ['--import', loader, source, ...args] };
}

import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';

/** How a person types the command that runs now: `assay` once it is built, else the command that runs the sources. */
export function ownCommand(): string {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.js')) return 'assay';
  return `node --import tsx ${relative(process.cwd(), fileURLToPath(new URL('main.ts', import.meta.url)))}`;
}

import Module, { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const NAME = 'assay/lifecycle';
/** Node's CommonJS resolution, which has no public hook in Node 20; a `.ts` beside no package.json is CommonJS. */
const RESOLVE = '_resolveFilename';
const commonJs = Module as unknown as Record<typeof RESOLVE, (request: string, ...rest: unknown[]) => string>;

let isKnown = false;

/** Makes `assay/lifecycle` mean the Assay that runs, also in a folder where no package is installed. */
export function resolveOwnEntry(): void {
  if (isKnown) return;
  isKnown = true;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`../domain/lifecycle-file/define-lifecycle.${extension}`, import.meta.url);
  const hooks = `export const resolve = (specifier, context, next) =>
    next(specifier === ${JSON.stringify(NAME)} ? ${JSON.stringify(entry.href)} : specifier, context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  const resolveFilename = commonJs[RESOLVE];
  commonJs[RESOLVE] = (request, ...rest) =>
    resolveFilename.call(commonJs, request === NAME ? fileURLToPath(entry) : request, ...rest);
}

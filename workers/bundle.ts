import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { digestBytes } from '../domain/evidence/canonical.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..');
/** Written by `npm run build`; what production loads. */
export const PREBUILT_BUNDLE = join(HERE, 'workflow-bundle.js');

/**
 * The workflow code as one file. Production has it prebuilt; from sources it is built once for each state of the
 * sources and kept in `cacheFolder`, because building takes seconds.
 */
export async function workflowBundle(cacheFolder: string): Promise<{ codePath: string }> {
  if (existsSync(PREBUILT_BUNDLE)) return { codePath: PREBUILT_BUNDLE };
  const codePath = join(cacheFolder, `workflows-${await sourceDigest()}.js`);
  if (!existsSync(codePath)) await writeBundle(codePath);
  return { codePath };
}

export async function writeBundle(codePath: string): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(ROOT, 'workflows', `index.${extension}`),
    logger: quiet,
  });
  await mkdir(join(codePath, '..'), { recursive: true });
  const unfinished = `${codePath}.${process.pid}.tmp`;
  await writeFile(unfinished, code);
  await rename(unfinished, codePath);
}

/** Changes when any file that the bundle can hold changes. */
async function sourceDigest(): Promise<string> {
  const parts: string[] = [];
  for (const room of ['workflows', 'domain/kernel']) {
    const names = await readdir(join(ROOT, room), { recursive: true });
    for (const name of names.filter((candidate) => /\.[tj]s$/.test(candidate)).sort()) {
      parts.push(name, await readFile(join(ROOT, room, name), 'utf8'));
    }
  }
  parts.push(await readFile(join(ROOT, 'package-lock.json'), 'utf8').catch(() => ''));
  return digestBytes(parts.join('\0')).slice('sha256:'.length, 'sha256:'.length + 16);
}

const silent = (): void => undefined;
const quiet = { log: silent, trace: silent, debug: silent, info: silent, warn: console.warn, error: console.error };

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { digestBytes } from '../domain/evidence/canonical.js';
import { FAILURE_CONVERTER } from './data-converter.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..');
/** How a bundle's workflows write what failed: readable, or in a payload, for a codec to encrypt. */
const FAILURES = ['readable', 'encoded'] as const;
type Failures = (typeof FAILURES)[number];

const prebuilt = (failures: Failures): string => join(HERE, `workflow-bundle-${failures}.js`);

/** What `npm run build` does last: production loads these. */
export async function prebuildBundles(): Promise<void> {
  for (const failures of FAILURES) await writeBundle(prebuilt(failures), failures);
}

/**
 * The workflow code as one file. Production has it prebuilt; from sources it is built once for each state of the
 * sources and kept in `cacheFolder`, because building takes seconds.
 */
export async function workflowBundle(
  cacheFolder: string,
  failures: Failures = 'readable',
): Promise<{ codePath: string }> {
  if (existsSync(prebuilt(failures))) return { codePath: prebuilt(failures) };
  const codePath = join(cacheFolder, `workflows-${await sourceDigest()}-${failures}.js`);
  if (!existsSync(codePath)) await writeBundle(codePath, failures);
  return { codePath };
}

async function writeBundle(codePath: string, failures: Failures): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(ROOT, 'workflows', `index.${extension}`),
    ...(failures === 'encoded' && { failureConverterPath: FAILURE_CONVERTER }),
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

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { runCommand } from './run-command.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = join(ROOT, 'server', 'console');
/** Where `npm run build` puts it: seen from `dist/cli/dev`, beside the rooms. */
const BUILT = join(ROOT, 'console');
const BUILD_MILLISECONDS = 120_000;
const NAME_DIGITS = 16;

/**
 * The folder of the built console. A build has it beside it; from sources it is built once for each state of the
 * sources and kept in `cacheFolder`.
 * @throws Error with the bundler's last words
 */
export async function consoleFolder(cacheFolder: string): Promise<string> {
  if (existsSync(join(BUILT, 'index.html'))) return BUILT;
  const folder = join(cacheFolder, `console-${await sourceDigest()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}.tmp`;
  await mkdir(cacheFolder, { recursive: true });
  await buildConsole(unfinished);
  await rename(unfinished, folder).catch(async (error: unknown) => {
    // Another process was as far.
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

/** Builds the console into a folder, which is emptied. */
export async function buildConsole(folder: string): Promise<void> {
  const bundler = join(createRequire(import.meta.url).resolve('vite/package.json'), '..', 'bin', 'vite.js');
  const config = join(SOURCES, 'vite.config.ts');
  await runCommand({
    command: process.execPath,
    args: [
      bundler,
      'build',
      '--config',
      config,
      '--configLoader',
      'runner',
      '--outDir',
      resolve(folder),
      '--logLevel',
      'error',
    ],
    cwd: ROOT,
    env: { NODE_ENV: 'production' },
    timeoutMilliseconds: BUILD_MILLISECONDS,
  });
}

/** Changes when any file of the console changes, or any package. */
async function sourceDigest(): Promise<string> {
  const names = (await readdir(SOURCES, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const parts: string[] = [];
  for (const path of [...names.sort(), join(ROOT, 'package-lock.json')]) {
    parts.push(path.slice(ROOT.length), await readFile(path, 'utf8').catch(() => ''));
  }
  return digestBytes(parts.join('\0')).slice('sha256:'.length, 'sha256:'.length + NAME_DIGITS);
}

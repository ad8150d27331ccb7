// Installs the dependencies when node_modules is missing or is not what package-lock.json says.
// Runs before everything else on a fresh clone, so it imports nothing but Node.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} */
function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(`${root}${lockFile}`, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** The first package that is missing or of another version; npm leaves optional ones of other platforms out. */
function firstDifference() {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).find(([path, wanted]) => {
    if (path === '') return false;
    const found = installed[path];
    if (found === undefined) return wanted.optional !== true && wanted.devOptional !== true;
    return found.version !== wanted.version || found.integrity !== wanted.integrity;
  })?.[0];
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Assay needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const difference = firstDifference();
if (difference !== undefined) {
  console.error(`installing dependencies (npm ci): ${difference} is missing or out of date`);
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) console.error('npm ci failed: see above; then run the same command again');
  process.exitCode = result.status ?? 1;
}

// Fills dist/: compiled code, the files that are not code, the console, and the workflow bundle that production loads.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../cli/dev/console-build.js';

const ROOMS = ['workflows', 'activities', 'workers', 'domain', 'providers', 'db', 'server', 'cli'];
const IS_CODE = /\.tsx?$/;
/** Sources of the console: what is built of them stands in `dist/console`. */
const IS_CONSOLE = /[\\/]server[\\/]console(?:[\\/]|$)/;
/** What an example has made on this machine. */
const IS_MADE = /[\\/](?:\.venv|__pycache__)(?:[\\/]|$)/;
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const room of ROOMS) {
  cpSync(`${root}${room}`, `${dist}/${room}`, {
    recursive: true,
    filter: (path) => !IS_CODE.test(path) && !IS_CONSOLE.test(path),
  });
}
cpSync(`${root}examples`, `${dist}/examples`, {
  recursive: true,
  filter: (path) => !IS_CODE.test(path) && !IS_MADE.test(path),
});
await buildConsole(`${dist}/console`);
execFileSync(process.execPath, [`${dist}/workers/prebuild-bundle.js`], { cwd: root, stdio: 'inherit' });
console.log('dist/ is built');

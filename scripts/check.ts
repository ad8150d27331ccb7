// Format, lint, boundaries, dead code, types. Two at a time; the output of those that found something is shown.
import { spawn } from 'node:child_process';

interface Check {
  readonly name: string;
  readonly command: string;
}

interface CheckResult extends Check {
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

const ROOMS = 'domain workflows activities workers providers db server cli';
/** The longest first. */
const CHECKS: readonly Check[] = [
  { name: 'types', command: 'tsc -p . --incremental --tsBuildInfoFile node_modules/.cache/tsc.json' },
  {
    name: 'types of the console',
    command: 'tsc -p server/console --incremental --tsBuildInfoFile node_modules/.cache/tsc-console.json',
  },
  { name: 'format', command: 'prettier --check --cache --log-level warn .' },
  { name: 'dead code', command: 'knip --no-progress' },
  { name: 'boundaries', command: `depcruise --config .dependency-cruiser.cjs ${ROOMS}` },
  { name: 'lint', command: 'oxlint --type-aware' },
];
const AT_ONCE = 2;

function run(check: Check): Promise<CheckResult> {
  const startedAt = Date.now();
  const child = spawn(check.command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ ...check, passed: code === 0, seconds: (Date.now() - startedAt) / 1000, output });
    });
  });
}

function report({ name, passed, seconds, output }: CheckResult): void {
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
  if (!passed) console.log(output);
}

const waiting = [...CHECKS];
const results: CheckResult[] = [];
async function takeFromQueue(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const result = await run(check);
    report(result);
    results.push(result);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, takeFromQueue));
process.exitCode = results.every((result) => result.passed) ? 0 : 1;

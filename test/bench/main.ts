/** `npm run bench`: what Assay costs on this machine. Tables on stdout, figures in `.assay/bench/result.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { stopOnSignal } from '../../cli/dev/stop-on-signal.js';
import { goalTable, type Results } from './goals.js';
import { describeMachine, isLoaded, type Machine } from './machine.js';
import { parseOptions } from './options.js';
import type { Part } from './part.js';
import { assay } from './parts/assay.js';
import { audit } from './parts/audit.js';
import { atOnce } from './parts/at-once.js';
import { coldStart } from './parts/cold-start.js';
import { decisions } from './parts/decisions.js';
import { fanOut } from './parts/fan-out.js';
import { floor } from './parts/floor.js';
import { inbox } from './parts/inbox.js';
import { peers } from './parts/peers.js';
import { postgresRows } from './parts/postgres-rows.js';
import { recovery } from './parts/recovery.js';
import { tableLines } from './print-table.js';
import { BENCH_FOLDER, startWorld, type World } from './world.js';

const PARTS: readonly Part[] = [
  postgresRows,
  floor,
  assay,
  coldStart,
  atOnce,
  fanOut,
  decisions,
  audit,
  recovery,
  inbox,
  peers,
];

const options = parseOptions(
  process.argv.slice(2),
  PARTS.map(({ name }) => name),
);
const print = (line = ''): void => console.log(line);
const say = (line: string): void => console.error(line);

let opened: Promise<World> | undefined;
const world = (): Promise<World> => (opened ??= startWorld(say));
const results: Results & Record<string, object> = {};

function printMachine({ at, system, cpu, cores, memoryGigabytes, load, versions }: Machine): void {
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  print(`${at}  ${system}, ${cores} cores (${cpu}), ${memoryGigabytes} GB, load ${load}`);
  print(software.join(', '));
}

/** A part that fails says why, and the others go on. */
async function runPart(part: Part): Promise<void> {
  const startedAt = performance.now();
  const result = await part
    .run({ world, isQuick: options.isQuick, earlier: results, say })
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  print(`\n${part.title} (${seconds} s, load then ${loadavg()[0]!.toFixed(1)})`);
  if (result instanceof Error) {
    process.exitCode = 1;
    return print(`  failed: ${result.message}`);
  }
  const { columns, rows, notes = [], figures } = result;
  results[part.name] = figures;
  for (const line of tableLines(columns, rows)) print(`  ${line}`);
  for (const note of notes) print(`  ${note}`);
}

const isWanted = ({ name }: Part): boolean => {
  const { only, hasPeers } = options;
  return only.length > 0 ? only.includes(name) : hasPeers || name !== peers.name;
};

const machine = describeMachine();
printMachine(machine);
if (isLoaded(machine))
  print(`Warning: the machine is at work (load ${machine.load}); take the figures again when it is idle.`);
stopOnSignal(async () => (await opened)?.stop());
try {
  for (const part of PARTS) {
    if (isWanted(part)) await runPart(part);
  }
  const { columns, rows } = goalTable(results);
  print('\nGoals');
  for (const line of tableLines(columns, rows)) print(`  ${line}`);
} finally {
  await (await opened)?.stop();
  mkdirSync(BENCH_FOLDER, { recursive: true });
  writeFileSync(join(BENCH_FOLDER, 'result.json'), `${JSON.stringify({ machine, ...results }, null, 2)}\n`);
}

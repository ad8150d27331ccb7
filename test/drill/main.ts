/** `npm run drill`: does to Assay what a bad day does, and looks whether everything is as if nothing had been. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createDrill } from './drill.js';
import { startDrillProvider } from './drill-provider.js';
import { failedOutcome, type Outcome } from './outcome.js';
import { closingLine, isWhole, printRow, printTable } from './print-table.js';
import { rowsOf } from './rows.js';
import { startServers } from './servers.js';

const USAGE = `npm run drill -- [--only X1,X4] [--short] [--long] [--seed <number>] [--lanes <number>]
  --only   these faults alone: their numbers, or a part of what a row says ("X1", "submitTraining")
  --short  three activities of X1, kills of both servers, repeated messages: what CI runs
  --long   a provider that is away for ten minutes, and Postgres killed for five
  --seed   the moments of an earlier drill again
  --lanes  how many lifecycles at once (4)`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    seed: { type: 'string' },
    lanes: { type: 'string', default: '4' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

// CI looks at the same moments each time.
const seed = Number(values.seed ?? (values.short ? 1 : randomInt(1_000_000)));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const startedAt = Date.now();
const seconds = (): string => ((Date.now() - startedAt) / 1_000).toFixed(0);

say(`seed ${seed}: the same moments again with --seed ${seed}`);
const servers = await startServers((line) => say(`  ${line}`));
const provider = await startDrillProvider();
const outcomes = new Map<string, Outcome>();
try {
  const drill = createDrill({ servers, providerUrl: provider.url, seed, isLong: values.long, log: say });
  const rows = rowsOf(values);
  const waiting = [...rows];
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const outcome = await row.run(drill).catch(failedOutcome);
      outcomes.set(row.name, outcome);
      say(`${seconds().padStart(4)} s  ${printRow(row, outcome)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
  console.log(printTable(rows.map((row) => ({ row, outcome: outcomes.get(row.name)! }))));
  console.log(`seed ${seed}, ${seconds()} s`);
} finally {
  await provider.stop();
  await servers.stop();
}
console.log(closingLine([...outcomes.values()]));
// A row that failed may have left a connection open.
process.exit(isWhole([...outcomes.values()]) ? 0 : 1);

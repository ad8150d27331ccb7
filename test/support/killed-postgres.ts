// Started by a test: starts a Postgres, writes a row, prints the process id of Postgres, and is killed.
import { Client } from 'pg';
import { startPostgres } from '../../cli/dev/postgres.js';
import { createSupervisor } from '../../cli/dev/supervisor.js';

const [stateFolder = '.'] = process.argv.slice(2);
const supervisor = createSupervisor({ stateFolder, log: console.error });
const { ownerUrl, pid } = await startPostgres({ supervisor, stateFolder, log: console.error });
const client = new Client({ connectionString: ownerUrl });
await client.connect();
await client.query("CREATE TABLE kept AS SELECT 'written before the kill' AS note");
process.stdout.write(`${pid()}\n`, () => process.kill(process.pid, 'SIGKILL'));

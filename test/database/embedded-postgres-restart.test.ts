import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryCommand } from '../../cli/dev/entry-command.js';
import { startPostgres } from '../../cli/dev/postgres.js';
import { identityOf } from '../../cli/dev/process-identity.js';
import { createSupervisor, type Supervisor } from '../../cli/dev/supervisor.js';
import { migrate } from '../../db/migrate.js';

const LET_POSTGRES_PASS = 0o711;

describe('the embedded Postgres of assay dev', () => {
  let stateFolder: string;
  let supervisor: Supervisor;
  let said: string[];
  const log = (line: string) => void said.push(line);

  beforeEach(() => {
    stateFolder = mkdtempSync(join(tmpdir(), 'assay-postgres-'));
    chmodSync(stateFolder, LET_POSTGRES_PASS);
    said = [];
    supervisor = createSupervisor({ stateFolder, log });
  });
  afterEach(async () => {
    await supervisor.stopAll();
    rmSync(stateFolder, { recursive: true });
  });

  it('ends what a killed start left behind, and keeps its data', async () => {
    const { command, args } = entryCommand('test/support/killed-postgres', [stateFolder]);
    const killed = spawnSync(command, args, { encoding: 'utf8' });
    expect(killed.signal).toBe('SIGKILL');
    const orphan = Number(killed.stdout);
    expect(identityOf(orphan)).toBeDefined();

    const { ownerUrl } = await startPostgres({ supervisor, stateFolder, log });
    expect(identityOf(orphan)).toBeUndefined();
    expect(said).toEqual([`postgres: ended process ${orphan} of an earlier start`]);
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    expect((await client.query('SELECT note FROM kept')).rows).toEqual([{ note: 'written before the kill' }]);
    await client.end();
  });

  it('gives the data of an earlier version the role of the api, without which nothing is migrated', async () => {
    const first = await startPostgres({ supervisor, stateFolder, log });
    const superuser = new Client({ connectionString: first.superuserUrl });
    await superuser.connect();
    await superuser.query('revoke connect on database assay from assay_api');
    await superuser.query('drop role assay_api');
    await superuser.end();
    await expect(migrate(first.ownerUrl)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('create role assay_api login password … in role assay_app;'),
    });
    await supervisor.stopAll();
    const path = join(stateFolder, 'postgres', 'secrets.json');
    const { api: _, ...earlier } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    writeFileSync(path, JSON.stringify(earlier));

    supervisor = createSupervisor({ stateFolder, log });
    const { ownerUrl, apiUrl } = await startPostgres({ supervisor, stateFolder, log });
    await migrate(ownerUrl);
    const api = new Client({ connectionString: apiUrl });
    await api.connect();
    expect((await api.query('select count(*)::int as n from session')).rows).toEqual([{ n: 0 }]);
    await api.end();
  });

  it('starts although postmaster.pid names a process that is somebody else by now', async () => {
    await startPostgres({ supervisor, stateFolder, log });
    await supervisor.stopAll();
    writeFileSync(join(stateFolder, 'postgres', 'data', 'postmaster.pid'), `${process.pid}\n`);
    supervisor = createSupervisor({ stateFolder, log });
    await expect(startPostgres({ supervisor, stateFolder, log })).resolves.toBeDefined();
    expect(identityOf(process.pid)).toBeDefined();
  });

  it('keeps its passwords from other users, and says so when they are gone', async () => {
    await startPostgres({ supervisor, stateFolder, log });
    await supervisor.stopAll();
    const secrets = join(stateFolder, 'postgres', 'secrets.json');
    expect(statSync(secrets).mode & 0o077).toBe(0);
    rmSync(secrets);
    await expect(startPostgres({ supervisor, stateFolder, log })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { runProgram } from '../../cli/program.js';
import { createCheckpointer } from '../../db/audit/checkpoint.js';
import { verifierKey } from '../../domain/audit/signed-note.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { LOG_ORIGIN, logKey, signAll } from '../support/chained-log.js';
import { seedRun } from '../support/seeded-project.js';
import { withDatabase } from '../support/test-servers.js';
import { recordedTerminal } from '../unit/cli/recorded-terminal.js';

const VKEY = verifierKey(LOG_ORIGIN, logKey);

/** The log of a real database, exported and verified by the commands, after somebody has been at its rows. */
describe('an exported log', () => {
  let api: ApiUnderTest;
  let listening: Listening;
  let folder: string;
  let exported: string;

  beforeEach(async () => {
    api = await openApi();
    listening = await listen(api.fetch, { host: '127.0.0.1', port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'assay-audit-'));
    exported = join(folder, 'audit.jsonl');
    await grow(3);
    await grow(8);
  });
  afterEach(async () => {
    await listening.close();
    await api.close();
    await rm(folder, { recursive: true });
  });

  /** More entries, and a checkpoint over all. @returns how many entries there are */
  async function grow(by: number): Promise<number> {
    for (let n = 0; n < by; n += 1) await seedRun(api.opened.db);
    return (await signAll(api.opened.db)).size;
  }

  async function assay(...argv: string[]) {
    const terminal = recordedTerminal();
    const environment = {
      ASSAY_HOME: join(folder, 'home'),
      ASSAY_API_URL: listening.url,
      ASSAY_TOKEN: api.tokens.ruth,
    };
    const exitCode = await runProgram(['audit', ...argv], environment, terminal);
    return { exitCode, stdout: terminal.stdout.join('\n'), stderr: terminal.stderr.join('\n') };
  }

  async function exportAndVerify(...options: string[]) {
    expect(await assay('export', '-o', exported)).toMatchObject({ exitCode: 0, stderr: '' });
    const verified = await assay('verify', exported, '--json', ...options);
    return { ...verified, report: JSON.parse(verified.stdout) as Record<string, never> };
  }

  /** As somebody who owns the whole server, with the triggers taken away. */
  async function asSuperuser(...statements: string[]): Promise<void> {
    const name = new URL(api.database.appUrl).pathname.slice(1);
    const client = new Client({ connectionString: withDatabase(inject('postgres').superuserUrl, name) });
    await client.connect();
    try {
      for (const table of ['audit_event', 'audit_leaf', 'audit_checkpoint'])
        await client.query(`alter table ${table} disable trigger all`);
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  it('verifies, with the entries of other projects by their hash alone', async () => {
    const size = await grow(1);
    const { exitCode, report } = await exportAndVerify('--key', VKEY);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ ok: true, origin: LOG_ORIGIN, entries: size, last: { size }, keysFrom: 'given' });
    expect(report['hashOnly']).toBeGreaterThan(0);
    expect((await assay('--after', String(size - 2))).stdout.split('\n')).toHaveLength(1);
    expect((await assay('key')).stdout).toBe(VKEY);
  });

  it('attack 13: a row that a superuser edits is found with its index', async () => {
    await asSuperuser(
      "update audit_event set actor = 'nobody' where id = (select event_id from audit_leaf where leaf_index = 7)",
    );
    const { exitCode, report } = await exportAndVerify();
    expect(exitCode).toBe(1);
    // The export is of one project: what was edited there is named, whatever else is by its hash alone.
    expect(report['problems']).toMatchObject([{ kind: 'content', from: 7, to: 7 }]);
  });

  it('attack 13: a row that a superuser edits with its leaf is found between two checkpoints', async () => {
    await asSuperuser(
      "update audit_leaf set leaf_hash = sha256('forged') where leaf_index = 7",
      'alter table audit_event enable trigger all',
    );
    const { exitCode, report } = await exportAndVerify();
    expect(exitCode).toBe(1);
    expect(report['problems']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'root' }),
        expect.objectContaining({ kind: 'content', from: 7 }),
      ]),
    );
  });

  it('attack 13: a row that a superuser deletes is found with its index', async () => {
    await asSuperuser('delete from audit_leaf where leaf_index = 7');
    const { exitCode, report } = await exportAndVerify();
    expect(exitCode).toBe(1);
    expect(report['problems']).toMatchObject([{ kind: 'missing', from: 7, to: 7 }]);
  });

  it('attack 14: a log cut back by five entries, its checkpoints with it, is found by the head that was kept', async () => {
    const head = join(folder, 'head.note');
    const { size, note } = await signAll(api.opened.db);
    await writeFile(head, note);
    await asSuperuser(
      `delete from audit_checkpoint where size > ${size - 5}`,
      `delete from audit_leaf where leaf_index >= ${size - 5}`,
      'alter table audit_event disable trigger all',
      'delete from audit_event e where not exists (select 1 from audit_leaf l where l.event_id = e.id)',
    );
    await signAll(api.opened.db);
    const bare = await exportAndVerify('--no-memory');
    expect(bare.exitCode).toBe(0);
    expect(bare.stdout).toContain('Entries cut off at the end');
    const { exitCode, report } = await exportAndVerify('--no-memory', '--checkpoint', head);
    expect(exitCode).toBe(1);
    expect(report['problems']).toMatchObject([{ kind: 'cut', from: size - 5, to: size - 1 }]);
    await grow(6);
    const forked = await exportAndVerify('--no-memory', '--checkpoint', head);
    expect(forked.report['problems']).toMatchObject([{ kind: 'fork', from: 0, to: size - 1 }]);
  });

  it('proves one entry, and refuses a log that no longer holds what was seen', async () => {
    const proved = await assay('proof', '7', '--key', VKEY);
    expect(proved).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proved.stdout).toContain('entry 7 stands under the checkpoint of size');
    await grow(2);
    expect((await assay('proof', '7')).exitCode).toBe(0);
    expect((await assay('proof', '9999')).exitCode).toBe(3);
    await asSuperuser(
      "update audit_event set subject = 'other' where id = (select event_id from audit_leaf where leaf_index = 7)",
    );
    const edited = await assay('proof', '7');
    expect(edited.exitCode).toBe(1);
    expect(edited.stdout).toContain('✗ Entry 7 does not say what was chained.');
  });

  it('is not signed further once it was altered', async () => {
    await asSuperuser("update audit_leaf set leaf_hash = sha256('forged') where leaf_index = 2");
    const sign = createCheckpointer(api.opened.db, { origin: LOG_ORIGIN, privateKey: logKey });
    await expect(sign()).rejects.toMatchObject({ code: 'ARTIFACT', message: expect.stringContaining('was altered') });
  });
});

import { Client } from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { ownDatabase } from '../support/own-database.js';
import { factOf, seedRun } from '../support/seeded-project.js';
import { withDatabase } from '../support/test-servers.js';

const INSERT_ONLY = [
  'evidence',
  'evidence_use',
  'evidence_edge',
  'evidence_closure',
  'command',
  'schedule_command',
  'decision',
  'waiver',
  'model_version',
  'alias_move',
  'alias_correction',
  'feedback',
  'monitor_window',
  'audit_event',
  'audit_leaf',
  'audit_checkpoint',
  'audit_key',
  'instance',
  'payload_key',
  'prompt_version',
  'prompt_alias_move',
  'task_answer',
];

/** Places and queues of providers' accounts: what is under way at this moment, and nobody's record. */
const COME_AND_GO = ['notification_address', 'provider_job', 'provider_lease', 'provider_waiter'];

describe('insert-only tables', () => {
  const opened = ownDatabase();
  let superuserUrl: string;
  const run = async (url: string, ...statements: string[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    superuserUrl = withDatabase(inject('postgres').superuserUrl, new URL(opened.appUrl).pathname.slice(1));
  });

  it.each(INSERT_ONLY)('%s grants the application neither update, delete nor truncate', async (table) => {
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      await expect(run(opened.appUrl, statement)).rejects.toThrow('permission denied');
    const column = table === 'audit_leaf' ? 'leaf_index' : table === 'audit_checkpoint' ? 'size' : null;
    const update = `update ${table} set ${column ?? 'ctid'} = ${column ?? 'ctid'}`;
    if (column !== null) await expect(run(opened.appUrl, update)).rejects.toThrow('permission denied');
  });

  it('no table that keeps a record lets the application delete or truncate', async () => {
    const { rows } = await opened.pool.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and (has_table_privilege('assay_app', oid, 'delete') or has_table_privilege('assay_app', oid, 'truncate'))`,
    );
    expect(rows.map(({ relname }) => relname).sort()).toEqual(COME_AND_GO);
  });

  it('only tables with state let the application update', async () => {
    const { rows } = await opened.pool.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and has_table_privilege('assay_app', oid, 'update')`,
    );
    expect(rows.map((row) => row.relname).filter((name) => INSERT_ONLY.includes(name))).toEqual([]);
  });

  it('the owner is refused by the triggers', async () => {
    const actions = [
      "update audit_event set actor = 'nobody'",
      'delete from audit_event',
      'truncate audit_event cascade',
    ];
    for (const statement of actions)
      await expect(run(opened.ownerUrl, statement)).rejects.toThrow('the table is insert-only');
  });

  it.each(INSERT_ONLY)('%s refuses its owner a truncate', (table) =>
    expect(run(opened.ownerUrl, `truncate ${table} cascade`)).rejects.toThrow('the table is insert-only'),
  );

  it('the triggers hold under session_replication_role = replica too', async () => {
    const statements = ['set session_replication_role = replica', 'delete from audit_event'];
    await expect(run(superuserUrl, ...statements)).rejects.toThrow('the table is insert-only');
  });

  it('evidence whose content is not that of its id cannot be inserted', async () => {
    const forged = `insert into evidence (id, kind, subject, content)
      values ('sha256:${'0'.repeat(64)}', 'training', 'sha256:${'0'.repeat(64)}', '{}')`;
    await expect(run(opened.appUrl, forged)).rejects.toThrow('evidence_id_is_digest');
  });

  it('evidence that a superuser altered is refused on reading', async () => {
    const store = createEvidenceStore(opened.db);
    const runId = await seedRun(opened.db);
    const fact = factOf({ score: 0.9, odd: 'a\u0000b', tiny: 1e-9 });
    const id = await store.keep(runId, 'evaluate', fact);
    await expect(store.load(id)).resolves.toEqual(fact);
    await run(
      superuserUrl,
      'alter table evidence disable trigger all',
      'alter table evidence drop constraint evidence_id_is_digest',
      `update evidence set content = replace(content, '0.9', '0.8') where id = '${id}'`,
    );
    await expect(store.load(id)).rejects.toMatchObject({ code: 'ARTIFACT' });
  });
});

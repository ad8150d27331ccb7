import { describe, expect, inject, it } from 'vitest';
import { Client } from 'pg';
import { ownDatabase } from '../support/own-database.js';
import { withDatabase } from '../support/test-servers.js';

/**
 * Tables whose rows may change or go, and why that bends no record. A table that is added stands here, with its reason,
 * or is insert-only.
 */
const CHANGING: Readonly<Record<string, string>> = {
  alias_route: 'where an alias points now; every move is a row of alias_move',
  api_token: 'when it was last used and revoked',
  approval_request: 'its state; what was asked cannot change, who decided stands in decision',
  assay_migration: 'written by the owner alone',
  base_import: 'its state',
  delegation: 'revoked; given and revoked by audited acts',
  device_grant: 'a sign-in that is under way',
  effect: 'what became of an intended effect',
  idempotent_answer: 'kept for days',
  installation_admin: 'revoked; granted and revoked by audited acts of the owner',
  lease: 'who leads at the moment',
  lifecycle_run: 'its state',
  local_password: 'a hash that its person changes',
  notification_address: 'an address, which its person can take away',
  notification_channel: 'its secrets and when it was removed',
  notification_delivery: 'attempts of a delivery',
  one_time_code: 'used once',
  outbox_cursor: 'how far a consumer has come',
  principal: 'the display name, which can be erased: events name ids alone',
  principal_email: 'an address, which can be erased: events name ids alone',
  project: 'written by the owner alone',
  provider_account: 'limits at the moment',
  provider_job: 'a place at a provider at the moment',
  provider_lease: 'a place at a provider at the moment',
  provider_waiter: 'a place in a queue at the moment',
  role_grant: 'revoked; by whose act stands in an event',
  run_event: 'a progress line, not a record',
  schedule: 'its state; every command is a row of schedule_command',
  served_request: 'traffic, by day',
  session: 'when it was last used and ended',
  sign_in_pace: 'how often somebody tried',
  stage_run: 'its state',
  task: 'its state; every answer is a row of task_answer',
  trigger: 'its outcome',
};

/** Triggers that refuse update and delete of each row, and truncate; `enable always` holds for replicas too. */
const COVERAGE = `
  select c.relname as name,
    coalesce(bool_or(t.tgenabled = 'A' and t.tgtype & 27 = 27), false) as "keepsRows",
    coalesce(bool_or(t.tgenabled = 'A' and t.tgtype & 35 = 34), false) as "keepsAll"
  from pg_class c
  left join pg_trigger t on t.tgrelid = c.oid and t.tgfoid = 'assay_refuse_change()'::regprocedure
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  group by c.relname order by c.relname`;

describe('the record of what people and machines did', () => {
  const opened = ownDatabase();
  const coverage = async () =>
    (await opened.pool.query<{ name: string; keepsRows: boolean; keepsAll: boolean }>(COVERAGE)).rows;

  it('is insert-only in every table, but for those that are named here with their reason', async () => {
    const rows = await coverage();
    const uncovered = rows.filter(({ keepsRows, keepsAll }) => !keepsRows || !keepsAll).map(({ name }) => name);
    expect(uncovered).toEqual(Object.keys(CHANGING).toSorted());
  });

  it('attack 13: no insert-only table lets a superuser change a row as a replica would, or empty it', async () => {
    const name = new URL(opened.appUrl).pathname.slice(1);
    const client = new Client({ connectionString: withDatabase(inject('postgres').superuserUrl, name) });
    await client.connect();
    try {
      await client.query('set session_replication_role = replica');
      const covered = (await coverage()).filter(({ keepsRows }) => keepsRows);
      expect(covered.length).toBeGreaterThan(15);
      for (const table of covered) {
        await expect(client.query(`truncate ${table.name} cascade`), table.name).rejects.toThrow('is insert-only');
        const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table.name}`);
        if (rows[0]!.n === 0) continue;
        await expect(client.query(`delete from ${table.name}`), table.name).rejects.toThrow('is insert-only');
      }
    } finally {
      await client.end();
    }
  });
});

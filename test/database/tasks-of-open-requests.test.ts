import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { migrate } from '../../db/migrate.js';
import { MIGRATIONS_FOLDER } from '../../db/migration-files.js';
import { openRequest } from '../support/approval-files.js';
import { createEmptyDatabase } from '../support/postgres.js';

/** Two requests as they were before there were tasks: one open, one that has ended. */
const BEFORE = `
  insert into project (id) values ('default');
  insert into audit_event (actor, action, subject, event_key) values ('test', 'principal.created', 'ada', 'principal.created/ada');
  insert into principal (id, kind, display_name) values ('ada', 'person', 'Ada');`;

it('the migration puts requests that are open before those whom they ask, with events', async () => {
  const database = await createEmptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'assay-migrations-'));
  const names = (await readdir(MIGRATIONS_FOLDER)).sort();
  const own = names.findIndex((name) => name.endsWith('_tasks.sql'));
  for (const name of names.slice(0, own)) await copyFile(join(MIGRATIONS_FOLDER, name), join(folder, name));
  await migrate(database.ownerUrl, folder);
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(`begin; ${BEFORE} commit`);
    await insertRequest(client, 'run-1', 'open');
    await insertRequest(client, 'run-2', 'voided');
    await migrate(database.ownerUrl);
    const { rows } = await client.query(
      `select t.id, t.kind, t.candidate_roles, t.excluded_people, t.answers_needed, t.due_at = r.expires_at as is_due,
         exists (select 1 from audit_event where event_key = 'task.opened/' || t.id) as is_audited
       from task t join approval_request r on r.id = t.subject order by t.id`,
    );
    const common = { excluded_people: ['ada', 'tom'], is_due: true, is_audited: true };
    expect(rows).toEqual([
      { id: 'approve-run-1', kind: 'approval', candidate_roles: ['legal', 'risk'], answers_needed: 2, ...common },
      { id: 'waive-run-1-QD3', kind: 'waiver', candidate_roles: ['legal'], answers_needed: 1, ...common },
    ]);
  } finally {
    await client.end();
    await rm(folder, { recursive: true });
    await database.drop();
  }
});

async function insertRequest(client: Client, id: string, state: 'open' | 'voided'): Promise<void> {
  const { subject, subjectDigest, policyDigest } = openRequest;
  const terms = { ...openRequest.terms, alsoRequested: ['tom'] };
  const audited = (action: string) =>
    client.query(
      `insert into audit_event (actor, action, subject, event_key) values ('test', $1, $2, $1 || '/' || $2)`,
      [action, id],
    );
  await client.query('begin');
  await audited('run.requested');
  await client.query(
    `insert into lifecycle_run (id, project, name, requested_by, start_key, plan, plan_digest)
     values ($1, 'default', 'email-triage', 'ada', $1, '{}', $2)`,
    [id, subjectDigest],
  );
  await audited('approval.opened');
  await client.query(
    `insert into approval_request (id, run_id, project, subject, terms, subject_digest, policy_digest, expires_at)
     values ($1, $1, 'default', $2, $3, $4, $5, now() + interval '7 days')`,
    [id, subject, terms, subjectDigest, policyDigest],
  );
  if (state !== 'open') {
    await audited('approval.closed');
    await client.query('update approval_request set state = $2 where id = $1', [id, state]);
  }
  await client.query('commit');
}

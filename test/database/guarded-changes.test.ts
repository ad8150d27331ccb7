import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPairSync } from 'node:crypto';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createReleasedRequests } from '../../db/stores/released-request.js';
import { whyNotServe } from '../../domain/approvals/may-serve.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { INSTANCE, openRequest } from '../support/approval-files.js';
import { ownDatabase } from '../support/own-database.js';
import { addPerson } from '../support/people.js';
import { addVersion, point, release, type ReleasedVersion } from '../support/released-version.js';
import { PROJECT, seedRun } from '../support/seeded-project.js';

const keys = generateKeyPairSync('ed25519');

describe('somebody who holds the password of the application role', () => {
  const opened = ownDatabase();
  let owner: OpenDatabase;
  let released: ReleasedVersion;
  let unsigned: ReleasedVersion;
  const run = (statement: string, values: unknown[] = []) => opened.pool.query(statement, values);

  beforeAll(async () => {
    owner = createDatabase(opened.ownerUrl);
    released = await addVersion(opened.db);
    await release(opened.db, released, keys.privateKey);
    await point(opened.db, [[released, 100]]);
    unsigned = await addVersion(opened.db);
    await addPerson(opened.db, { id: 'robot', project: PROJECT, roles: ['viewer'], kind: 'service' });
  });
  afterAll(async () => {
    await owner.close();
  });

  it.each([
    ['change who asked for a run', `update lifecycle_run set requested_by = 'leo'`],
    ['change the plan of a run', `update lifecycle_run set plan = '{}'`],
    ['make a machine a person', `update principal set kind = 'person'`],
    ['give a token to another', `update api_token set principal = 'ruth'`],
    ['let a token live on', `update api_token set expires_at = 'infinity'`],
    ['give a role to another', `update role_grant set principal = 'ada' where role = 'risk'`],
    ['date a role back', `update role_grant set granted_at = '2000-01-01'`],
    ['open a request again', `update approval_request set state = 'open', closed_at = null where state = 'approved'`],
    ['move the end of a request', `update approval_request set closed_at = '2999-01-01' where state = 'approved'`],
    ['exchange the job behind an effect', `update effect set external_id = 'other' where state = 'done'`],
    ['point an alias elsewhere', `update alias_route set routes = '[]'`],
    ['point an alias elsewhere, with a revision', `update alias_route set routes = '[]', revision = revision + 1`],
    ['skip a revision', `update alias_route set revision = revision + 2`],
    ['revoke a role without a trace', `update role_grant set revoked_at = now() where role = 'risk'`],
    ['revoke a token without a trace', `update api_token set revoked_at = now()`],
    ['end a request without a trace', `update approval_request set state = 'approved' where state = 'open'`],
    [
      'grant a role without a trace',
      `insert into role_grant (principal, project, role) values ('ada', '${PROJECT}', 'risk')`,
    ],
    ['add a person without a trace', `insert into principal (id, kind, display_name) values ('eve', 'person', 'Eve')`],
  ])('cannot %s, nor can the owner', async (_, statement) => {
    await run(`insert into effect (key, state, request_digest) values ('e', 'done', $1) on conflict do nothing`, [
      digestOf(1),
    ]);
    await expect(run(statement)).rejects.toMatchObject({ code: '42501' });
    await expect(owner.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot rewrite samples, nor make a token even with its audit event', async () => {
    await expect(run(`update served_request set output = 'ham'`)).rejects.toMatchObject({ code: '42501' });
    const token = {
      principal: 'ruth',
      sha256: '0'.repeat(64),
      label: 'mine',
      expiresAt: new Date(Date.now() + 60_000),
    };
    await expect(createAccounts(opened.db).createToken(token, 'ruth')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const grant = { principal: 'ada', project: PROJECT, role: 'risk' } as const;
    await expect(createAccounts(opened.db).grantRole(grant, 'ruth')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('cannot pass off a temporary table as the audit log', async () => {
    const client = await opened.pool.connect();
    const shadow = async () => {
      await client.query(`create temporary table audit_event (event_key text, xid xid8)`);
      await client.query(`begin`);
      await client.query(`insert into command (id, run_id, kind, principal) values ('x', $1, 'cancel', 'ada')`, [
        unsigned.version.runId,
      ]);
      await client.query(`insert into pg_temp.audit_event values ('command.recorded/x', pg_current_xact_id())`);
      await client.query(`commit`);
    };
    await expect(shadow()).rejects.toMatchObject({ code: '42501' });
    client.release(true);
  });

  it('cannot insert a request that has ended, nor a role that was held earlier', async () => {
    const runId = await seedRun(opened.db);
    const { subject, terms, subjectDigest, policyDigest } = openRequest;
    const ended = run(
      `insert into approval_request (id, run_id, project, subject, terms, subject_digest, policy_digest, expires_at, state)
       values ('x', $1, $2, $3, $4, $5, $6, 'infinity', 'approved')`,
      [runId, PROJECT, subject, terms, subjectDigest, policyDigest],
    );
    await expect(ended).rejects.toMatchObject({ code: '42501' });
    const client = await owner.pool.connect();
    await client.query('begin');
    const { rows } = await client.query(
      `insert into role_grant (principal, project, role, granted_at) values ('ada', $1, 'risk', '2000-01-01') returning granted_at`,
      [PROJECT],
    );
    await client.query('rollback');
    client.release();
    expect(rows[0].granted_at.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('gets nothing served by closing a request that nobody signed, however well the close is audited', async () => {
    await createApprovalStore(opened.db).close(unsigned.request.id, 'approved', 'because I say so');
    const file = await createReleasedRequests(opened.db)(unsigned.version.runId);
    const question = {
      version: unsigned.version,
      alias: openRequest.subject.target.alias,
      released: file,
      now: new Date().toISOString(),
    };
    expect(whyNotServe(question, INSTANCE, keys.publicKey)).toBe('its decisions add up to pending');
  });

  it('gets nothing served by a request of their own, with a policy that asks nobody', async () => {
    const forged = await addVersion(opened.db);
    const { subject } = forged.request;
    const terms = { ...openRequest.terms, answers: [], policy: { ...openRequest.terms.policy, stages: [] } };
    const store = createApprovalStore(opened.db);
    await store.close(forged.request.id, 'voided', 'out of the way');
    await store.open({
      id: 'forged',
      runId: forged.version.runId,
      project: PROJECT,
      subject,
      terms,
      subjectDigest: digestOf({ subject, terms }),
      policyDigest: digestOf(terms.policy),
      expiresAfterMilliseconds: 60_000,
    });
    await store.close('forged', 'approved', 'nobody was asked');
    const file = await createReleasedRequests(opened.db)(forged.version.runId);
    const question = {
      version: forged.version,
      alias: subject.target.alias,
      released: file,
      now: new Date().toISOString(),
    };
    expect(whyNotServe(question, INSTANCE, keys.publicKey)).toBe('its decisions add up to pending');
  });
});

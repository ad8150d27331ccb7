import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/own-database.js';

/** Who there is, how they sign in, and what they may. */
const ACCOUNT_TABLES = [
  'project',
  'principal',
  'role_grant',
  'own_role',
  'installation_admin',
  'api_token',
  'principal_identity',
  'principal_email',
  'local_password',
  'one_time_code',
  'session',
  'device_grant',
  'sign_in_pace',
];
/** What proves who somebody is: the hash of a password, of a session. */
const UNSEEN = ['local_password', 'one_time_code', 'session', 'device_grant', 'principal_identity', 'principal_email'];

describe('the tables of accounts', () => {
  const opened = ownDatabase();
  const query = async (url: string, text: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client.query<Record<string, unknown>>(text).finally(() => client.end());
  };
  const granted = async (role: string, privilege: string) => {
    const tables = ACCOUNT_TABLES.map((name) => `'${name}'`).join(', ');
    const { rows } = await query(
      opened.ownerUrl,
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relname in (${tables})
       and has_any_column_privilege('${role}', oid, '${privilege}') order by relname`,
    );
    return rows.map(({ relname }) => relname);
  };

  it('are written by the role of the api, and by workers and gateway not at all', async () => {
    expect(await granted('assay_app', 'insert')).toEqual([]);
    // When a token was last used.
    expect(await granted('assay_app', 'update')).toEqual(['api_token']);
    expect(await granted('assay_api', 'insert')).toEqual(ACCOUNT_TABLES.toSorted());
    for (const table of ACCOUNT_TABLES) {
      for (const statement of [
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(query(opened.appUrl, statement), statement).rejects.toThrow('permission denied');
      for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(query(opened.apiUrl, statement), statement).rejects.toThrow('permission denied');
    }
  });

  it('show workers and gateway nothing that proves who somebody is', async () => {
    for (const table of UNSEEN)
      await expect(query(opened.appUrl, `select 1 from ${table}`), table).rejects.toThrow('permission denied');
  });

  it('give the role of the api no more of the evidence than workers have', async () => {
    for (const statement of [
      `update audit_event set actor = 'x'`,
      'delete from evidence',
      `update decision set reason = ''`,
    ])
      await expect(query(opened.apiUrl, statement), statement).rejects.toThrow(/permission denied|insert-only/);
  });

  it.each([
    ['end a session without a trace', `update session set ended_at = now()`],
    ['make an admin without a trace', `insert into installation_admin (principal) values ('ada')`],
    ['set a password without a trace', `insert into local_password (principal, hash) values ('ada', '$argon2id$x')`],
    [
      'give a role that the project does not have',
      `insert into role_grant (principal, project, role) values ('ada', 'default', 'king')`,
    ],
    ['deactivate somebody without a trace', `update principal set deactivated_at = now() where id = 'ada'`],
    ['make a person a machine', `update principal set kind = 'service' where id = 'ada'`],
    ['give a session to another', `update session set principal = 'leo'`],
    ['let a session live on', `update session set expires_at = 'infinity'`],
  ])('do not let the api %s', async (_, statement) => {
    await query(
      opened.apiUrl,
      `with made as (insert into session (sha256, principal, method, expires_at)
         values (encode(sha256(random()::text::bytea), 'hex'), 'ada', 'local', 'infinity') returning id)
       insert into audit_event (actor, action, subject, event_key)
         select 'ada', 'session.created', id, 'session.created/' || id from made`,
    );
    await expect(query(opened.apiUrl, statement)).rejects.toMatchObject({ code: '42501' });
  });
});

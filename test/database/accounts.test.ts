import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInstance } from '../../db/instance.js';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, seedProject } from '../support/seeded-project.js';

const hash = (token: string) => createHash('sha256').update(token).digest('hex');
const tomorrow = () => new Date(Date.now() + 86_400_000);

describe('accounts', () => {
  const opened = ownDatabase();
  /** Who alone changes them; the application only reads. */
  let owner: OpenDatabase;
  const newToken = (token: string, expiresAt = tomorrow()) => ({
    principal: 'ruth',
    sha256: hash(token),
    label: 'laptop',
    scopes: ['approve'],
    expiresAt,
  });

  beforeAll(async () => {
    owner = createDatabase(opened.ownerUrl);
  });
  afterAll(async () => {
    await owner.close();
  });

  it('know who holds a token, with the roles held now', async () => {
    const accounts = createAccounts(owner.db);
    const { principalByToken } = createAccounts(opened.db);
    const { tokenId } = await accounts.createToken(newToken('a'), 'ada');
    await expect(accounts.createToken(newToken('a'), 'ada')).resolves.toEqual({ tokenId });
    const roles = [{ project: PROJECT, role: 'risk' }];
    const expected = { id: 'ruth', kind: 'person', isDemo: false, scopes: ['approve'], roles };
    await expect(principalByToken(hash('a'))).resolves.toMatchObject(expected);
    await accounts.revokeRole({ principal: 'ruth', project: PROJECT, role: 'risk' }, 'ada');
    await expect(principalByToken(hash('a'))).resolves.toMatchObject({ roles: [] });
    await accounts.grantRole({ principal: 'ruth', project: PROJECT, role: 'risk' }, 'ada');
    await expect(principalByToken(hash('a'))).resolves.toMatchObject({ roles });
  });

  it('know nobody by a token that is unknown, expired or revoked', async () => {
    const accounts = createAccounts(owner.db);
    const { principalByToken } = createAccounts(opened.db);
    await expect(principalByToken(hash('unknown'))).resolves.toBeUndefined();
    await accounts.createToken(newToken('old', new Date(Date.now() - 1_000)), 'ada');
    await expect(principalByToken(hash('old'))).resolves.toBeUndefined();
    const { tokenId } = await accounts.createToken(newToken('gone'), 'ada');
    await accounts.revokeToken(tokenId, 'ada');
    await expect(principalByToken(hash('gone'))).resolves.toBeUndefined();
    await expect(accounts.createToken(newToken('gone'), 'ada')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('audit who made whom, what and when, once', async () => {
    const text = `select action, count(*)::int as n from audit_event where project is null or project = $1
      group by action order by action`;
    await seedProject(opened.db);
    const { rows } = await opened.pool.query<{ action: string; n: number }>(text, [PROJECT]);
    const counts = Object.fromEntries(rows.map((row) => [row.action, row.n]));
    expect(counts).toMatchObject({
      'project.created': 1,
      'principal.created': 3,
      'role.revoked': 1,
      'role.granted': 4,
    });
  });

  it('belong to an installation with an id of its own', async () => {
    await expect(readInstance(opened.db)).resolves.toMatchObject({
      name: 'assay',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

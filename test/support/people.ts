import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../db/pool.js';
import { API_SCOPES } from '../../db/schema/account.js';
import { asOwner } from './postgres.js';
import { createAccounts } from '../../db/stores/accounts.js';

const BY = 'test';

export interface PersonOptions {
  id: string;
  project: string;
  roles: string[];
  kind?: 'person' | 'service';
  isDemo?: boolean;
  scopes?: string[];
}

/** Makes a principal with roles in a project, and a token for them; the token is returned. */
export async function addPerson(db: Database, options: PersonOptions): Promise<string> {
  const { id, project, roles, kind = 'person', isDemo = false, scopes = [...API_SCOPES] } = options;
  const token = `assay_${randomBytes(32).toString('base64url')}`;
  const sha256 = createHash('sha256').update(token).digest('hex');
  const expiresAt = new Date(Date.now() + 3_600_000);
  await asOwner(db, async (owner) => {
    const accounts = createAccounts(owner);
    await accounts.ensureProject(project, BY);
    await accounts.ensurePrincipal({ id, kind, displayName: id, isDemo }, BY);
    for (const role of roles) await accounts.grantRole({ principal: id, project, role }, BY);
    await accounts.createToken({ principal: id, sha256, label: 'test', scopes, expiresAt }, BY);
  });
  return token;
}

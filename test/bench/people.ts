import { createHash, randomBytes } from 'node:crypto';
import { createDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import type { World } from './world.js';

const BY = 'bench';
const HOUR_MILLISECONDS = 3_600_000;

/** Makes people of a project, each with one role, and gives their tokens. */
export async function signIn<Name extends string>(
  { postgres }: World,
  project: string,
  people: Readonly<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const { db, close } = createDatabase(postgres.ownerUrl);
  const accounts = createAccounts(db);
  await accounts.ensureProject(project, BY);
  const tokens: [string, string][] = [];
  for (const [id, role] of Object.entries<string>(people)) {
    const token = `assay_${randomBytes(32).toString('base64url')}`;
    const sha256 = createHash('sha256').update(token).digest('hex');
    await accounts.ensurePrincipal({ id, kind: 'person', displayName: id }, BY);
    await accounts.grantRole({ principal: id, project, role }, BY);
    const expiresAt = new Date(Date.now() + HOUR_MILLISECONDS);
    await accounts.createToken({ principal: id, sha256, label: 'bench', expiresAt }, BY);
    tokens.push([id, token]);
  }
  await close();
  return Object.fromEntries(tokens) as Record<Name, string>;
}

import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { createDatabase } from './pool.js';
import { ROLES } from './schema/account.js';
import { createAccounts } from './stores/accounts.js';
import { createInstallationAdmins } from './stores/installation-admins.js';

/** Entry of `assay dev`: makes its demo identities known, as the owner of the database. Tokens come as hashes, on stdin; nothing is printed. */
const seedSchema = z.strictObject({
  ownerDatabaseUrl: z.string(),
  project: z.string(),
  identities: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['person', 'service']),
      displayName: z.string(),
      roles: z.array(z.enum(ROLES)),
      isInstallationAdmin: z.boolean().default(false),
    }),
  ),
  tokens: z.array(
    z.strictObject({
      principal: z.string(),
      sha256: z.string(),
      label: z.string(),
      scopes: z.array(z.string()),
      expiresAt: z.coerce.date(),
    }),
  ),
});

const BY = 'assay-dev';

const { ownerDatabaseUrl, project, identities, tokens } = seedSchema.parse(JSON.parse(await text(process.stdin)));
const { db, close } = createDatabase(ownerDatabaseUrl, { applicationName: 'assay-seed' });
try {
  const accounts = createAccounts(db);
  const admins = createInstallationAdmins(db);
  await accounts.ensureProject(project, BY);
  for (const { roles, isInstallationAdmin, ...identity } of identities) {
    await accounts.ensurePrincipal({ ...identity, isDemo: true }, BY);
    for (const role of roles) await accounts.grantRole({ principal: identity.id, project, role }, BY);
    if (isInstallationAdmin) await admins.grant(identity.id, BY);
  }
  for (const token of tokens) await accounts.createToken(token, BY);
} finally {
  await close();
}

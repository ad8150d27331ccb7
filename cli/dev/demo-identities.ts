import { createHash, randomBytes } from 'node:crypto';

/** Who is there in `assay dev`: clearly marked, and refused by an api that `dev` did not start. */
const DEMO_IDENTITIES = [
  { id: 'demo-ada', kind: 'person', displayName: 'Ada, author (demo)', roles: ['author', 'ml-lead'] },
  { id: 'demo-ruth', kind: 'person', displayName: 'Ruth, risk (demo)', roles: ['risk', 'auditor'] },
  { id: 'demo-leo', kind: 'person', displayName: 'Leo, legal (demo)', roles: ['legal'] },
  { id: 'demo-inbox', kind: 'service', displayName: 'Inbox application (demo)', roles: ['product'] },
  {
    id: 'demo-amy',
    kind: 'person',
    displayName: 'Amy, admin (demo)',
    roles: ['admin'],
    isInstallationAdmin: true,
  },
] as const;

const TOKEN_BYTES = 32;
const TOKEN_DAYS = 90;
const PROJECT = 'demo';

/** What the seeding entry reads on stdin: everything but the tokens themselves. */
export interface Seed {
  ownerDatabaseUrl: string;
  project: string;
  identities: {
    id: string;
    kind: 'person' | 'service';
    displayName: string;
    roles: readonly string[];
    isInstallationAdmin?: boolean;
  }[];
  tokens: { principal: string; sha256: string; label: string; scopes: string[]; expiresAt: string }[];
}

export interface DemoTokens {
  /** For the api, by name of the identity. */
  tokens: Record<string, string>;
  /** The inbox's second token: the gateway's tokens open nothing at the api. */
  gatewayToken: string;
}

/** Fresh tokens, and the seed that makes them known by their hash. */
export function makeSeed(ownerDatabaseUrl: string, now: Date): DemoTokens & { seed: Seed } {
  const expiresAt = new Date(now.getTime() + TOKEN_DAYS * 86_400_000).toISOString();
  const tokens = Object.fromEntries(DEMO_IDENTITIES.map(({ id }) => [id, newToken()]));
  const gatewayToken = newToken();
  const known = (principal: string, token: string, scopes: string[]) => ({
    principal,
    sha256: createHash('sha256').update(token).digest('hex'),
    label: 'assay dev',
    scopes,
    expiresAt,
  });
  const hashed = [
    ...Object.entries(tokens).map(([id, token]) => known(id, token, ['read', 'write', 'approve'])),
    known('demo-inbox', gatewayToken, ['gateway']),
  ];
  return {
    tokens,
    gatewayToken,
    seed: { ownerDatabaseUrl, project: PROJECT, identities: [...DEMO_IDENTITIES], tokens: hashed },
  };
}

const newToken = (): string => `assay_${randomBytes(TOKEN_BYTES).toString('base64url')}`;

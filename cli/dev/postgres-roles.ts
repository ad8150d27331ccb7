import { Client } from 'pg';
import type { PostgresSecrets } from './postgres-secrets.js';

const DATABASE = 'assay';

/**
 * Creates what a new cluster lacks: the role `assay_owner` (migrations, retention), the role `assay_app` (owns nothing),
 * the role `assay_api` (what `assay_app` may, and who may what) and the database `assay`. A cluster of an earlier version
 * is given what it lacks.
 */
export async function ensureRoles(superuserUrl: string, secrets: PostgresSecrets): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await ensureRole(client, 'assay_owner', secrets.owner);
    await ensureRole(client, 'assay_app', secrets.app);
    await ensureRole(client, 'assay_api', secrets.api);
    await client.query('GRANT assay_app TO assay_api');
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER assay_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO assay_app, assay_api`);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, name: string, password: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

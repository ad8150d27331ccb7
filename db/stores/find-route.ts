import { and, eq, inArray } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { AliasRoute } from '../../domain/ports/registry-store.js';
import type { Database, Transaction } from '../pool.js';
import { aliasRoute } from '../schema/alias.js';
import { modelVersion } from '../schema/model-version.js';

/** Where an alias points now; revision 0 where it was never set. */
export async function findRoute(db: Database | Transaction, project: string, alias: string): Promise<AliasRoute> {
  const { revision, routes, champion } = aliasRoute;
  const [row] = await db
    .select({ alias: aliasRoute.alias, revision, routes, champion })
    .from(aliasRoute)
    .where(and(eq(aliasRoute.project, project), eq(aliasRoute.alias, alias)));
  return row ?? { alias, revision: 0, routes: [], champion: null };
}

/** @throws NOT_FOUND for the first of these versions that is not registered. */
export async function requireVersions(tx: Transaction, project: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .select({ id: modelVersion.id })
    .from(modelVersion)
    .where(and(eq(modelVersion.project, project), inArray(modelVersion.id, [...ids])));
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined)
    throw new LifecycleError('NOT_FOUND', `There is no model version ${missing} in ${project}.`);
}

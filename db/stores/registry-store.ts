import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ModelVersion, RegistryStore } from '../../domain/ports/registry-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { modelVersion } from '../schema/model-version.js';
import { findRoute } from './find-route.js';
import { moveAlias } from './move-alias.js';

export const createRegistryStore = (db: Database): RegistryStore =>
  translated<RegistryStore>({
    register: (version) => db.transaction((tx) => register(tx, version)),
    async version(project, versionId) {
      const [row] = await db
        .select()
        .from(modelVersion)
        .where(and(eq(modelVersion.project, project), eq(modelVersion.id, versionId)));
      if (row === undefined)
        throw new LifecycleError('NOT_FOUND', `There is no model version ${versionId} in ${project}.`);
      return toVersion(row);
    },
    route: (project, alias) => findRoute(db, project, alias),
    move: (move) => db.transaction((tx) => moveAlias(tx, move)),
  });

/** The version of a run: registered once. */
export async function register(tx: Transaction, version: Omit<ModelVersion, 'id' | 'number'>): Promise<ModelVersion> {
  const { project, name, runId } = version;
  // One number after the other: held until commit.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`model/${project}/${name}`}, 0))`);
  const [known] = await tx.select().from(modelVersion).where(eq(modelVersion.runId, runId));
  if (known !== undefined) return toVersion(known);
  const { rows } = await tx.execute<{ number: number }>(
    sql`select coalesce(max(number), 0) + 1 as number from model_version where project = ${project} and name = ${name}`,
  );
  const number = rows[0]?.number ?? 1;
  const registered = { ...version, id: `${name}@${number}`, number };
  await tx.insert(modelVersion).values(registered);
  const details = { runId, evidence: version.evidence, weights: version.trained.weights?.digest ?? null };
  const event = { action: 'model.registered', actor: WORKER_ACTOR, subject: registered.id } as const;
  await recordEvent(tx, { ...event, project, details, key: `${project}/${registered.id}` });
  return registered;
}

function toVersion(row: typeof modelVersion.$inferSelect): ModelVersion {
  const { registeredAt: _registeredAt, ...version } = row;
  return version;
}

import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { AliasRoute, RouteMove } from '../../domain/ports/registry-store.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { aliasMove, aliasRoute } from '../schema/alias.js';
import { clock } from '../schema/columns.js';
import { findRoute, requireVersions } from './find-route.js';

/** Compare-and-swap of an alias's routes, with its history. The same key is the same move. */
export async function moveAlias(tx: Transaction, move: RouteMove): Promise<AliasRoute> {
  refuseWrongWeights(move);
  const done = await findMove(tx, move);
  if (done !== undefined) return done;
  const versions = move.routes.map((route) => route.versionId);
  await requireVersions(tx, move.project, move.champion === null ? versions : [...versions, move.champion]);

  const before = await findRoute(tx, move.project, move.alias);
  const swapped = await swap(tx, move);
  if (swapped === undefined) return (await findMove(tx, move)) ?? refuseStale(tx, move);

  const { project, alias, routes, champion, runId, requestId, reason, key } = move;
  const { revision } = swapped;
  await tx.insert(aliasMove).values({ project, alias, revision, routes, champion, runId, requestId, reason, key });
  await recordEvent(tx, {
    project,
    actor: WORKER_ACTOR,
    action: 'alias.moved',
    subject: alias,
    details: { revision, from: before.routes, to: routes, champion, runId, requestId, reason },
    key,
  });
  return { alias, revision, routes, champion };
}

async function swap(tx: Transaction, move: RouteMove): Promise<{ revision: number } | undefined> {
  const { project, alias, routes, champion, requestId, expectedRevision } = move;
  if (expectedRevision === 0)
    await tx.insert(aliasRoute).values({ project, alias, revision: 0, routes: [] }).onConflictDoNothing();
  const [swapped] = await tx
    .update(aliasRoute)
    .set({ revision: sql`${aliasRoute.revision} + 1`, routes, champion, requestId, movedAt: clock })
    .where(and(eq(aliasRoute.project, project), eq(aliasRoute.alias, alias), eq(aliasRoute.revision, expectedRevision)))
    .returning({ revision: aliasRoute.revision });
  return swapped;
}

async function findMove(tx: Transaction, { key }: RouteMove): Promise<AliasRoute | undefined> {
  const { alias, revision, routes, champion } = aliasMove;
  const [row] = await tx.select({ alias, revision, routes, champion }).from(aliasMove).where(eq(aliasMove.key, key));
  return row;
}

async function refuseStale(tx: Transaction, { project, alias, expectedRevision }: RouteMove): Promise<never> {
  const { revision } = await findRoute(tx, project, alias);
  throw new LifecycleError(
    'CONFLICT',
    `The alias ${alias} is at revision ${revision}, not ${expectedRevision}: another move came first. Read it and decide again.`,
    { revision },
  );
}

function refuseWrongWeights({ alias, routes }: RouteMove): void {
  const sum = routes.reduce((total, route) => total + route.weight, 0);
  if (routes.length === 0 || (sum === 100 && routes.every((route) => route.weight >= 0))) return;
  throw new LifecycleError(
    'INVALID_INPUT',
    `The weights of ${alias} sum to ${sum}; they are percentages that sum to 100.`,
  );
}

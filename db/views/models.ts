import { and, desc, eq } from 'drizzle-orm';
import type { ModelVersion, AliasRoute } from '../../domain/ports/registry-store.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { aliasMove, aliasRoute } from '../schema/alias.js';
import { modelVersion } from '../schema/model-version.js';

/** Older ones are found by name or number. */
const MOST = 500;

export interface ModelLine extends ModelVersion {
  registeredAt: Date;
  /** Where it is live now: aliases with its share of their traffic. */
  live: { alias: string; weight: number; isChampion: boolean }[];
}

/** The versions of a project (of one model, where named), latest first. */
export const listModels = (db: Database, project: string, name?: string): Promise<ModelLine[]> =>
  withDatabaseErrors(async () => {
    const isAsked = and(
      eq(modelVersion.project, project),
      name === undefined ? undefined : eq(modelVersion.name, name),
    );
    const versions = await db
      .select()
      .from(modelVersion)
      .where(isAsked)
      .orderBy(desc(modelVersion.registeredAt))
      .limit(MOST);
    const aliases = await listRoutes(db, project);
    return versions.map((version) => ({
      ...version,
      live: aliases.flatMap(({ alias, routes, champion }) =>
        routes
          .filter((route) => route.versionId === version.id && route.weight > 0)
          .map(({ weight }) => ({ alias, weight, isChampion: champion === version.id })),
      ),
    }));
  });

export interface RouteLine extends AliasRoute {
  project: string;
  /** The approval under which it stands; null: never set. */
  requestId: string | null;
}

/** Where the aliases of a project (of all projects, where none is named) point now. */
export const listRoutes = (db: Database, project?: string): Promise<RouteLine[]> =>
  withDatabaseErrors(() => {
    const { alias, revision, routes, champion, requestId } = aliasRoute;
    return db
      .select({ project: aliasRoute.project, alias, revision, routes, champion, requestId })
      .from(aliasRoute)
      .where(project === undefined ? undefined : eq(aliasRoute.project, project));
  });

export type AliasMove = typeof aliasMove.$inferSelect;

/** Where an alias pointed, latest first. */
export const aliasHistory = (db: Database, project: string, alias: string): Promise<AliasMove[]> =>
  withDatabaseErrors(() =>
    db
      .select()
      .from(aliasMove)
      .where(and(eq(aliasMove.project, project), eq(aliasMove.alias, alias)))
      .orderBy(desc(aliasMove.revision))
      .limit(MOST),
  );

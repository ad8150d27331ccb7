import { describe, expect, it } from 'vitest';
import type { RouteMove } from '../../domain/ports/registry-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { aliasHistory, listModels } from '../../db/views/models.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, seedVersion } from '../support/seeded-project.js';

describe('the registry', () => {
  const opened = ownDatabase();
  const moveTo = (
    version: { id: string; runId: string; requestId: string },
    over: Partial<RouteMove> = {},
  ): RouteMove => ({
    project: PROJECT,
    alias: 'triage',
    expectedRevision: 0,
    routes: [{ versionId: version.id, weight: 100 }],
    champion: version.id,
    runId: version.runId,
    requestId: version.requestId,
    reason: 'released',
    key: `${version.runId}/deploy`,
    ...over,
  });

  it('numbers versions without holes, also when many are registered at once', async () => {
    const versions = await Promise.all(Array.from({ length: 4 }, () => seedVersion(opened.db, 'many')));
    expect(versions.map((version) => version.number).sort()).toEqual([1, 2, 3, 4]);
    const [one] = versions;
    if (one === undefined) throw new Error('none');
    const { id: _id, number: _number, requestId: _requestId, ...again } = one;
    await expect(createRegistryStore(opened.db).register(again)).resolves.toMatchObject({ id: one.id });
  });

  it('lets one of two concurrent moves of an alias win', async () => {
    const [a, b] = [await seedVersion(opened.db), await seedVersion(opened.db)];
    const { move, route } = createRegistryStore(opened.db);
    const both = await Promise.allSettled([move(moveTo(a)), move(moveTo(b))]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'CONFLICT' });
    await expect(route(PROJECT, 'triage')).resolves.toMatchObject({ revision: 1 });
    await expect(aliasHistory(opened.db, PROJECT, 'triage')).resolves.toHaveLength(1);
  });

  it('takes a repeated move as the same move, also when another came after it', async () => {
    const [a, b] = [await seedVersion(opened.db), await seedVersion(opened.db)];
    const { move } = createRegistryStore(opened.db);
    const [first, second] = await Promise.all([1, 2].map(() => move(moveTo(a, { alias: 'twice' }))));
    expect(second).toEqual(first);
    await move(moveTo(b, { alias: 'twice', expectedRevision: 1 }));
    await expect(move(moveTo(a, { alias: 'twice' }))).resolves.toEqual(first);
    const live = (await listModels(opened.db, PROJECT, 'email-triage')).find((line) => line.id === b.id)?.live;
    expect(live).toContainEqual({ alias: 'twice', weight: 100, isChampion: true });
  });

  it('refuses weights that do not sum to 100 and versions that do not exist', async () => {
    const version = await seedVersion(opened.db);
    const { move, version: find, route } = createRegistryStore(opened.db);
    const half = moveTo(version, { alias: 'half', routes: [{ versionId: version.id, weight: 50 }] });
    await expect(move(half)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const unknown = moveTo(version, { alias: 'half', routes: [{ versionId: 'email-triage@999', weight: 100 }] });
    await expect(move(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(find(PROJECT, 'email-triage@999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(route(PROJECT, 'half')).resolves.toEqual({ alias: 'half', revision: 0, routes: [], champion: null });
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImportRequests, type ImportRequests } from '../../db/stores/import-store.js';
import { providerError } from '../../domain/kernel/errors.js';
import type { ModelCatalogue } from '../../domain/ports/base-sources.js';
import type { ImportSource } from '../../domain/ports/import-store.js';
import { createActivityWorld, type ActivityWorld } from '../support/activity-world.js';
import { baseCard } from '../support/checklist-facts.js';
import { PROJECT } from '../support/seeded-project.js';

let world: ActivityWorld;
let requests: ImportRequests;
beforeAll(async () => {
  world = await createActivityWorld(1);
  requests = createImportRequests(world.db);
  await mkdir(join(world.folder, 'small'));
  await writeFile(join(world.folder, 'small', 'model.gguf'), 'GGUF of the small one');
  await writeFile(join(world.folder, 'small', 'config.json'), '{}');
});
afterAll(() => world.close());

const askFor = async (name: string, source: ImportSource): Promise<string> =>
  (await requests.request({ project: PROJECT, name, source, card: baseCard, requestedBy: 'ada' })).id;
const endpoint = { kind: 'endpoint', provider: 'local', model: 'small' } as const;
const catalogue = (describe: ModelCatalogue['describe']) => ({ over: { catalogues: { local: { describe } } } });

describe('the import of a base model', () => {
  it('keeps what the provider says of its model, as its word', async () => {
    const importId = await askFor('served', endpoint);
    const said = { id: 'small', owned_by: 'them', shutdown_date: '2027-03-01' };
    await world.attempt(
      'importBase',
      { importId },
      catalogue(async () => said),
    ).result;
    const ended = await requests.find(PROJECT, 'served@1');
    expect(ended).toMatchObject({ id: importId, state: 'imported', number: 1 });
    const { kind, body } = await world.dependencies.evidence.load(ended.evidence!);
    expect({ kind, body }).toEqual({ kind: 'base-import', body: { source: endpoint, said, card: baseCard } });
  });

  it('is refused where the provider does not serve it, and tried again where it is away', async () => {
    const importId = await askFor('missing', endpoint);
    const away = catalogue(() => Promise.reject(providerError('away', { status: 503, retryable: true })));
    await expect(world.attempt('importBase', { importId }, away).result).rejects.toMatchObject({ type: 'PROVIDER' });
    expect((await requests.find(PROJECT, importId)).state).toBe('requested');
    await world.attempt(
      'importBase',
      { importId },
      catalogue(async () => undefined),
    ).result;
    const refused = { state: 'refused', number: null, reason: 'The provider local does not serve small.' };
    expect(await requests.find(PROJECT, importId)).toMatchObject(refused);
    // The first end stands.
    await world.attempt(
      'importBase',
      { importId },
      catalogue(async () => ({})),
    ).result;
    expect(await requests.find(PROJECT, importId)).toMatchObject(refused);
  });

  it('stores every file of a folder by its digest, once', async () => {
    const source = { kind: 'weights', folder: 'small' } as const;
    const [first, second] = [await askFor('small', source), await askFor('small', source)];
    for (const importId of [first, first, second]) await world.perform('importBase', { importId });
    const [one, two] = [await requests.find(PROJECT, 'small@1'), await requests.find(PROJECT, 'small@2')];
    expect(two.evidence).toBe(one.evidence);
    const { body } = await world.dependencies.evidence.load(one.evidence!);
    expect(body).toMatchObject({ bytes: 23, card: baseCard });
    const files = body['files'] as { path: string; digest: `sha256:${string}` }[];
    expect(files.map(({ path }) => path)).toEqual(['config.json', 'model.gguf']);
    for (const { digest } of files) expect(await world.dependencies.artifacts.verify(digest)).toBe(true);
  });

  it('of a folder that it may not read is an answer', async () => {
    const importId = await askFor('hostile', { kind: 'weights', folder: '../..' });
    await world.perform('importBase', { importId });
    expect(await requests.find(PROJECT, importId)).toMatchObject({ state: 'refused', reason: /leads out/ });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImportStore } from '../../db/stores/import-store.js';
import { importListSchema, importViewSchema } from '../../domain/api/import.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { baseCard } from '../support/checklist-facts.js';
import { factOf } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

const SOURCE = { kind: 'endpoint', provider: 'local', model: 'small' } as const;

describe('imports in the api', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  const request = (body: object, token = api.tokens.ada) => api.ask(token, 'POST', '/v1/imports', body);
  const asked = { name: 'small', source: SOURCE, card: baseCard };

  it('are asked for by authors, and shown to the project', async () => {
    const answer = await request(asked);
    expect(answer).toMatchObject({ status: 202, body: { state: 'requested', version: null } });
    expect((await request(asked, api.tokens.ruth)).status).toBe(403);
    expect((await request({ ...asked, card: { ...baseCard, licence: undefined } })).status).toBe(422);
    expect((await request({ ...asked, source: { kind: 'weights', folder: 'a\nb' } })).status).toBe(422);
    const id = String(answer.body['id']);
    const shown = await api.ask(api.tokens.ruth, 'GET', `/v1/imports/${id}`);
    expect(importViewSchema.parse(shown.body)).toMatchObject({ id, name: 'small', requestedBy: 'ada' });
    expect((await api.ask(api.tokens.stranger, 'GET', `/v1/imports/${id}`)).status).toBe(404);
    const { imports } = importListSchema.parse((await api.ask(api.tokens.ruth, 'GET', '/v1/imports')).body);
    expect(imports.map((one) => one.id)).toContain(id);
  });

  it('end once, numbered without a hole, and their evidence is seen by the project', async () => {
    const store = createImportStore(api.opened.db);
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push(String((await request({ ...asked, name: 'raced' })).body['id']));
    await Promise.all(ids.flatMap((id) => [store.finish(id, factOf({ id })), store.finish(id, factOf({ id }))]));
    const views = await Promise.all(ids.map((id) => api.ask(api.tokens.ruth, 'GET', `/v1/imports/${id}`)));
    expect(views.map(({ body }) => body['version']).toSorted()).toEqual(['raced@1', 'raced@2', 'raced@3']);
    await store.refuse(ids[0]!, 'too late');
    expect((await api.ask(api.tokens.ruth, 'GET', `/v1/imports/${ids[0]}`)).body['state']).toBe('imported');
    const evidence = String(views[0]!.body['evidence']);
    expect((await api.ask(api.tokens.ruth, 'GET', `/v1/evidence/${evidence}`)).status).toBe(200);
    expect((await api.ask(api.tokens.stranger, 'GET', `/v1/evidence/${evidence}`)).status).toBe(404);
  });

  it('cannot be changed, ended without a trace, or taken away', async () => {
    const id = String((await request({ ...asked, name: 'kept' })).body['id']);
    for (const statement of [
      `update base_import set card = '{}' where id = '${id}'`,
      `update base_import set state = 'refused', reason = 'x', ended_at = now() where id = '${id}'`,
      `delete from base_import where id = '${id}'`,
      `insert into base_import (project, name, source, card, requested_by, state, reason, ended_at)
       select project, name, source, card, requested_by, 'refused', 'x', now() from base_import where id = '${id}'`,
    ])
      await expect(api.opened.pool.query(statement)).rejects.toThrow();
  });

  it('stand in a plan only as they were imported', async () => {
    const id = String((await request({ ...asked, name: 'planned' })).body['id']);
    await createImportStore(api.opened.db).finish(id, factOf({ id }));
    const { body } = await api.ask(api.tokens.ruth, 'GET', '/v1/imports/planned@1');
    const base = { id: 'small', card: baseCard, import: { id: 'planned@1', evidence: body['evidence'] } };
    const start = (over: object) => {
      const plan = toyPlan({ train: null, model: { provider: 'local', base: { ...base, ...over } as never } });
      return api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan });
    };
    expect((await start({})).status).toBe(201);
    expect((await start({ card: { ...baseCard, licence: 'other' } })).body['detail']).toContain(
      'not what was imported as planned@1',
    );
    expect((await start({ import: { id: 'planned@1', evidence: digestOf('other') } })).status).toBe(422);
    expect((await start({ id: 'big' })).body['detail']).toContain('planned@1 is small, not big');
    expect((await start({ import: { id: 'planned@9', evidence: body['evidence'] } })).status).toBe(404);
  });

  it('stand in the plan of a schedule only as they were imported', async () => {
    const id = String((await request({ ...asked, name: 'nightly' })).body['id']);
    await createImportStore(api.opened.db).finish(id, factOf({ id }));
    const { body } = await api.ask(api.tokens.ruth, 'GET', '/v1/imports/nightly@1');
    const base = { id: 'small', card: baseCard, import: { id: 'nightly@1', evidence: body['evidence'] } };
    const planOf = (over: object) =>
      toyPlan({ train: null, model: { provider: 'local', base: { ...base, ...over } as never } });
    const forged = planOf({ card: { ...baseCard, licence: 'other' } });
    const timing = { id: 'nightly', cron: '30 2 * * *', timeZone: 'UTC' };
    const create = (plan: object) => api.ask(api.tokens.ada, 'POST', '/v1/schedules', { ...timing, plan });
    expect((await create(forged)).body['detail']).toContain('not what was imported as nightly@1');
    expect((await create(planOf({}))).status).toBe(202);
    const update = { kind: 'update', plan: forged };
    expect((await api.ask(api.tokens.ada, 'POST', '/v1/schedules/nightly/commands', update)).body['detail']).toContain(
      'not what was imported as nightly@1',
    );
  });
});

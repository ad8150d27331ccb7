import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promptAliasListSchema, promptListSchema, promptViewSchema } from '../../domain/api/prompt.js';
import { digestBytes } from '../../domain/evidence/canonical.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { toyPlan } from '../support/toy-plan.js';

const SORT = 'Answer "spam" or "ham".\n';

describe('prompts in the api', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  const push = (name: string, text: string, token = api.tokens.ada) =>
    api.ask(token, 'POST', `/v1/prompts/${name}/versions`, { text });
  const setAlias = (name: string, alias: string, move: object, token = api.tokens.ada) =>
    api.ask(token, 'POST', `/v1/prompts/${name}/aliases/${alias}`, move);
  const show = async (reference: string, token = api.tokens.ruth) => api.ask(token, 'GET', `/v1/prompts/${reference}`);
  const audited = async (action: string) =>
    (
      await api.opened.pool.query<{ subject: string }>(
        'select subject from audit_event where action = $1 order by id',
        [action],
      )
    ).rows;

  it('are versions by their text: the same text is the same version', async () => {
    expect(await push('sort', SORT)).toMatchObject({ status: 201, body: { id: 'sort@1', isNew: true } });
    expect(await push('sort', `${SORT}Be brief.\n`)).toMatchObject({ status: 201, body: { id: 'sort@2' } });
    expect(await push('sort', SORT)).toMatchObject({ status: 200, body: { id: 'sort@1', isNew: false } });
    const both = await Promise.all(['a', 'b', 'a'].map((text) => push('race', text)));
    expect(new Set(both.map(({ body }) => body['id']))).toEqual(new Set(['race@1', 'race@2']));
    expect(await audited('prompt.pushed')).toHaveLength(4);
    const { prompts } = promptListSchema.parse((await api.ask(api.tokens.ruth, 'GET', '/v1/prompts')).body);
    expect(prompts.map(({ id }) => id)).toEqual(expect.arrayContaining(['sort@1', 'sort@2', 'race@1', 'race@2']));
  });

  it('are shown by number, by alias, and by name for the latest', async () => {
    await push('shown', SORT);
    await push('shown', 'Later.');
    await setAlias('shown', 'best', { number: 1, expectedRevision: 0 });
    expect(promptViewSchema.parse((await show('shown@1')).body)).toMatchObject({ text: SORT, aliases: ['best'] });
    expect((await show('shown:best')).body['id']).toBe('shown@1');
    expect((await show('shown')).body['id']).toBe('shown@2');
    for (const missing of ['shown@3', 'shown:worst', 'none'])
      expect(await show(missing)).toMatchObject({ status: 404, body: { detail: expect.stringContaining(missing) } });
    expect((await show('../x')).status).toBeGreaterThanOrEqual(400);
    expect((await show('shown', api.tokens.stranger)).status).toBe(404);
  });

  it('have aliases of which one of two authors moves each step', async () => {
    await push('moved', 'one');
    await push('moved', 'two');
    const moves = await Promise.all([1, 2].map((number) => setAlias('moved', 'best', { number, expectedRevision: 0 })));
    expect(moves.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = moves.find(({ status }) => status === 200)?.body['number'] as number;
    const late = await setAlias('moved', 'best', { number: 3 - winner, expectedRevision: 0 });
    expect(late).toMatchObject({ status: 409 });
    // Where it already points, saying so again moves nothing.
    expect((await setAlias('moved', 'best', { number: winner, expectedRevision: 1 })).body).toMatchObject({
      revision: 1,
    });
    expect((await setAlias('moved', 'best', { number: 3 - winner, expectedRevision: 1 })).body).toMatchObject({
      revision: 2,
    });
    expect((await setAlias('moved', 'best', { number: 9, expectedRevision: 2 })).status).toBe(404);
    const listed = promptAliasListSchema.parse(
      (await api.ask(api.tokens.ruth, 'GET', '/v1/prompts/moved/aliases')).body,
    );
    expect(listed.aliases).toMatchObject([{ alias: 'best', number: 3 - winner, revision: 2, author: 'ada' }]);
    expect((await audited('prompt.alias-set')).filter(({ subject }) => subject === 'moved:best')).toHaveLength(2);
  });

  it('are written by authors, and are prompts without secrets', async () => {
    expect((await push('mine', SORT, api.tokens.ruth)).status).toBe(403);
    expect((await setAlias('sort', 'best', { number: 1, expectedRevision: 0 }, api.tokens.ruth)).status).toBe(403);
    expect((await push('Mine', SORT)).status).toBe(422);
    for (const text of [' ', 'Sort {{input}}', `Use ${['sk', 'a1'.repeat(20)].join('-')}`, 'x'.repeat(40_000)])
      expect((await push('mine', text)).status).toBe(422);
  });

  it('stay as they were written', async () => {
    await push('kept', SORT);
    const change = (statement: string) => expect(api.opened.pool.query(statement)).rejects.toThrow();
    await change(`update prompt_version set text = 'other' where name = 'kept'`);
    await change(`delete from prompt_version where name = 'kept'`);
    await change(
      `insert into prompt_version (project, id, name, number, digest, text, author)
       values ('default', 'kept@2', 'kept', 2, '${digestBytes('x')}', 'y', 'ada')`,
    );
  });

  it('stand in a plan only as they are registered', async () => {
    await push('planned', SORT);
    const startWith = (text: string, from = 'planned@1') => {
      const prompt = { from, digest: digestBytes(text), text };
      const plan = toyPlan({ train: null, model: { ...toyPlan().model, prompt } });
      return api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan });
    };
    expect((await startWith(SORT)).status).toBe(201);
    expect(await startWith('Something else.')).toMatchObject({
      body: { detail: expect.stringContaining('not what is registered as planned@1') },
    });
    expect((await startWith(SORT, 'planned@7')).status).toBe(404);
    expect((await startWith('Something else.', './prompts/planned.md')).status).toBe(201);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { problemSchema } from '../../domain/api/problem.js';
import { ROLES } from '../../db/schema/account.js';
import type { Route } from '../../server/api/route.js';
import { ROUTES } from '../../server/api/routes/index.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { QUERIES, pathTo, seedThings } from '../support/known-things.js';
import { addPerson } from '../support/people.js';
import { PROJECT } from '../support/seeded-project.js';

/** Walks over the table: a route that is added there is judged here too. */
describe('every operation of the api', () => {
  let api: ApiUnderTest;
  let things: Record<string, string>;
  let everything: string;
  let viewer: string;
  beforeAll(async () => {
    api = await openApi();
    things = await seedThings(api.opened.db);
    everything = await addPerson(api.opened.db, { id: 'eve', project: PROJECT, roles: [...ROLES] });
    viewer = await addPerson(api.opened.db, { id: 'vic', project: PROJECT, roles: ['viewer'] });
  });
  afterAll(() => api.close());

  const asksForProject = ({ request }: Route): boolean =>
    request?.query !== undefined && 'project' in request.query.shape;
  const example = ({ request }: Route): unknown => (request?.body?.meta()?.['examples'] as unknown[] | undefined)?.[0];

  /** Asks for the operation as its example does. */
  const ask = (token: string | undefined, route: Route, { query = '', body = example(route), headers = {} } = {}) => {
    const method = route.method.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'DELETE';
    const asked = [QUERIES[route.operationId], query].filter(Boolean).join('&');
    return api.ask(token, method, `${pathTo(route.path, things)}${asked && '?'}${asked}`, body, headers);
  };

  async function expectProblem(asked: ReturnType<typeof ask>, status: number): Promise<z.infer<typeof problemSchema>> {
    const answer = await asked;
    expect(answer.headers.get('content-type'), JSON.stringify(answer.body)).toBe('application/problem+json');
    const problem = problemSchema.parse(answer.body);
    expect([answer.status, problem.status], problem.detail).toEqual([status, status]);
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
    return problem;
  }

  const named = (routes: readonly Route[]) => routes.map((route) => [route.operationId, route] as const);
  const withBody = ROUTES.filter(({ request }) => request?.body !== undefined);

  it.each(named(ROUTES.filter(({ isPublic }) => isPublic !== true)))('%s asks who it is', async (_name, route) => {
    const problem = await expectProblem(ask(undefined, route), 401);
    expect(problem).toMatchObject({ code: 'UNAUTHENTICATED', detail: expect.stringMatching(/Authorization/) });
  });

  it.each(named(ROUTES))('%s refuses a parameter that it does not know', async (_name, route) => {
    const problem = await expectProblem(ask(everything, route, { query: 'stauts=x' }), 422);
    expect(problem.issues).toMatchObject([{ message: expect.stringMatching(/stauts/) }]);
  });

  it.each(named(withBody))('attack 22: %s refuses a key that it does not know', async (_name, route) => {
    const body = { ...(example(route) as object), status: 'approved', isAdmin: true };
    const problem = await expectProblem(ask(everything, route, { body }), 422);
    expect(JSON.stringify(problem.issues)).toMatch(/isAdmin/);
  });

  it.each(named(withBody))('%s refuses what is not JSON', async (_name, route) => {
    await expectProblem(ask(everything, route, { headers: { 'content-type': 'text/plain' } }), 415);
    await expectProblem(ask(everything, route, { body: '{"half":' }), 400);
    await expectProblem(ask(everything, route, { body: `"${'x'.repeat(2 * 1024 * 1024)}"` }), 413);
  });

  it.each(named(ROUTES.filter((route) => route.path.includes(':') && !asksForProject(route))))(
    'attack 21: %s hides what is of another project',
    async (_name, route) => {
      await expectProblem(ask(api.tokens.stranger, route), 404);
    },
  );

  it.each(named(ROUTES.filter(asksForProject)))(
    '%s knows no project in which the caller has no part',
    async (_name, route) => {
      await expectProblem(ask(api.tokens.stranger, route, { query: `project=${PROJECT}` }), 404);
    },
  );

  it.each(named(ROUTES.filter(({ roles }) => roles !== undefined)))(
    '%s needs one of its roles',
    async (_name, route) => {
      const problem = await expectProblem(ask(viewer, route), 403);
      for (const role of route.roles ?? []) expect(problem.detail).toContain(role);
    },
  );

  // What is told as it happens has no end: test/database/events.test.ts reads it.
  const isAnswered = ({ method, operationId }: Route): boolean => method === 'get' && operationId !== 'followEvents';
  it.each(named(ROUTES.filter(isAnswered)))('%s answers as its schema says', async (_name, route) => {
    const answer = await ask(everything, route);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    route.answers[200]?.schema?.parse(answer.body);
  });

  it('serves its document to everybody', async () => {
    const document = await api.ask(undefined, 'GET', '/v1/openapi.json');
    expect(document).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceViewSchema } from '../../domain/api/evidence.js';
import { taskPageSchema, taskViewSchema, type TaskView } from '../../domain/api/task.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { createDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { expireTasks } from '../../db/stores/expire-tasks.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import { createApiStores } from '../../server/api/stores.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { asOwner } from '../support/postgres.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';
import { signedAnswer } from '../support/task-files.js';

const LABEL = {
  kind: 'label',
  title: 'Is it spam?',
  subject: 'served-1',
  form: { question: 'Spam or ham?', choices: ['spam', 'ham'], adjudicators: ['legal'] },
  candidates: { roles: ['risk'] },
  answersNeeded: 2,
};
const FACT = {
  kind: 'fact-check',
  title: 'Does the licence hold?',
  subject: digestOf('data'),
  form: { question: 'Does the licence allow training?', choices: ['yes', 'no'] },
  candidates: { people: ['leo'] },
};

describe('tasks', () => {
  let api: ApiUnderTest;
  let eva: string;
  beforeAll(async () => {
    api = await openApi();
    eva = await addPerson(api.opened.db, { id: 'eva', project: PROJECT, roles: ['risk'] });
  });
  afterAll(() => api.close());

  const open = async (task: object = LABEL): Promise<TaskView> => {
    const { status, body } = await api.ask(api.tokens.ada, 'POST', '/v1/tasks', task);
    expect(status, JSON.stringify(body)).toBe(201);
    return taskViewSchema.parse(body);
  };
  const answer = (token: string, id: string, said: string, ask = api.ask) =>
    ask(token, 'POST', `/v1/tasks/${id}/answers`, { answer: said });
  const see = async (token: string, id: string) =>
    taskViewSchema.parse((await api.ask(token, 'GET', `/v1/tasks/${id}`)).body);
  const mine = async (token: string) => {
    const { body } = await api.ask(token, 'GET', '/v1/tasks?waitingFor=me&limit=200');
    return taskPageSchema.parse(body).tasks.map(({ id }) => id);
  };
  const rows = async (text: string, ...values: unknown[]) => (await api.opened.pool.query(text, values)).rows;
  const eventsOf = async (id: string) =>
    (await rows(`select action from audit_event where subject = $1 or details ->> 'taskId' = $1 order by id`, id)).map(
      ({ action }) => action,
    );

  describe('answering', () => {
    it('takes one answer of who is named, and leaves a fact check as evidence about its subject', async () => {
      const { id } = await open(FACT);
      expect(await mine(api.tokens.leo)).toContain(id);
      expect(await mine(api.tokens.ruth)).not.toContain(id);
      expect(await answer(api.tokens.ruth, id, 'yes')).toMatchObject({
        status: 403,
        body: { detail: expect.stringMatching(/put to leo/) },
      });
      expect((await answer(api.tokens.leo, id, 'yes')).status).toBe(201);
      const done = await see(api.tokens.ruth, id);
      expect(done).toMatchObject({
        state: 'answered',
        answer: 'yes',
        answersGiven: 1,
        whyNot: 'it is answered',
      });
      expect(done.answers).toMatchObject([{ principal: 'leo', answer: 'yes', keyId: expect.any(String) }]);
      const { body } = await api.ask(api.tokens.ruth, 'GET', `/v1/evidence/${done.evidence}`);
      expect(evidenceViewSchema.parse(body)).toMatchObject({
        evidence: { kind: 'fact-check', subject: FACT.subject, body: { taskId: id, answer: 'yes' } },
      });
      expect(await eventsOf(id)).toEqual(['task.opened', 'attempt.refused', 'task.answered', 'task.closed']);
      expect((await api.ask(api.tokens.stranger, 'GET', `/v1/evidence/${done.evidence}`)).status).toBe(404);
    });

    it('hides the first of two answers until the second is given, from everybody and in the log', async () => {
      const { id } = await open();
      const { status } = await answer(api.tokens.ruth, id, 'spam');
      expect(status).toBe(201);
      expect((await see(api.tokens.ruth, id)).answers).toMatchObject([{ principal: 'ruth', answer: 'spam' }]);
      for (const token of [eva, api.tokens.ada, api.tokens.leo])
        expect(await see(token, id)).toMatchObject({ answers: [], answersGiven: 1, answer: null });
      const log = JSON.stringify((await api.ask(eva, 'GET', '/v1/audit')).body);
      expect(log).not.toContain('"spam"');
      expect(await mine(api.tokens.ruth)).not.toContain(id);
      expect(await mine(eva)).toContain(id);
      expect((await answer(eva, id, 'spam')).status).toBe(201);
      expect(await see(api.tokens.ada, id)).toMatchObject({ state: 'answered', answer: 'spam' });
      expect((await see(api.tokens.ada, id)).answers.map(({ principal }) => principal)).toEqual(['ruth', 'eva']);
    });

    it('lets a third settle two answers that differ, neither of the two', async () => {
      const { id } = await open({ ...LABEL, form: { ...LABEL.form, adjudicators: ['legal', 'risk'] } });
      await answer(api.tokens.ruth, id, 'spam');
      await answer(eva, id, 'ham');
      expect(await see(api.tokens.leo, id)).toMatchObject({ state: 'disputed', waitingForYou: true, answer: null });
      expect(await mine(api.tokens.leo)).toContain(id);
      expect(await mine(eva)).not.toContain(id);
      expect((await answer(eva, id, 'spam')).status).toBe(409);
      expect((await answer(api.tokens.leo, id, 'ham')).status).toBe(201);
      expect(await see(eva, id)).toMatchObject({ state: 'answered', answer: 'ham', answersGiven: 3 });
      const [closed] = await rows(`select details from audit_event where event_key = 'task.closed/' || $1::text`, id);
      expect(closed.details).toMatchObject({ signers: ['eva', 'leo'], wasDisputed: true });
    });

    it('gives fifty equal answers at two api processes one row and one answer', async () => {
      const { id } = await open();
      const other = createDatabase(api.database.appUrl);
      const asks = [api.ask, api.askWith({ stores: createApiStores(other.db) })];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) => answer(api.tokens.ruth, id, 'spam', asks[at % 2])),
      );
      await other.close();
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(await rows('select 1 from task_answer where task_id = $1', id)).toHaveLength(1);
    });

    it('settles once what two people answer at once at two api processes', async () => {
      const other = createDatabase(api.database.appUrl);
      const second = api.askWith({ stores: createApiStores(other.db) });
      const tasks = await Promise.all(Array.from({ length: 10 }, () => open()));
      await Promise.all(
        tasks.flatMap(({ id }, at) => [
          answer(api.tokens.ruth, id, 'spam'),
          answer(eva, id, at % 2 === 0 ? 'spam' : 'ham', second),
        ]),
      );
      await other.close();
      for (const [at, { id }] of tasks.entries()) {
        expect((await see(eva, id)).state).toBe(at % 2 === 0 ? 'answered' : 'disputed');
        const closed = await rows(`select 1 from audit_event where action = 'task.closed' and subject = $1`, id);
        expect(closed).toHaveLength(at % 2 === 0 ? 1 : 0);
      }
    });

    it('keeps to the first answer of a person, also once the task has ended', async () => {
      const { id } = await open(FACT);
      const first = await answer(api.tokens.leo, id, 'yes');
      expect((await answer(api.tokens.leo, id, 'yes')).body).toEqual(first.body);
      expect(await answer(api.tokens.leo, id, 'no')).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/otherwise/) },
      });
    });

    it('takes no answer of a service, of who gave the role back, or that is none of the choices', async () => {
      const { id } = await open();
      expect(await answer(api.tokens.robot, id, 'spam')).toMatchObject({
        status: 403,
        body: { detail: expect.stringMatching(/service/) },
      });
      expect((await answer(api.tokens.ruth, id, 'eggs')).status).toBe(422);
      const former = await addPerson(api.opened.db, { id: 'former', project: PROJECT, roles: ['risk', 'viewer'] });
      await asOwner(api.opened.db, (owner) =>
        createAccounts(owner).revokeRole({ principal: 'former', project: PROJECT, role: 'risk' }, 'test'),
      );
      expect((await answer(former, id, 'spam')).status).toBe(403);
      expect((await see(former, id)).candidates.now.map(({ principal }) => principal)).not.toContain('former');
    });

    it('sends whoever answers an approval or a waiver to the request', async () => {
      const request = await seedRequest(api.opened.db, await seedRun(api.opened.db));
      for (const [id, way] of [
        [`approve-${request.id}`, 'decisions'],
        [`waive-${request.id}-QD3`, 'waivers'],
      ] as const)
        expect(await answer(api.tokens.leo, id, 'yes')).toMatchObject({
          status: 422,
          body: { detail: expect.stringContaining(`/v1/approvals/${request.id}/${way}`) },
        });
    });

    it('does not count a forged row, and says so to the person in whose name it is', async () => {
      const { id, form, subject } = await open();
      const { envelope } = signedAnswer('eva', 'spam', { taskId: id, subject, formDigest: digestOf(form) });
      const trust = {
        instance: 'test-instance',
        publicKey: signingKeys.publicKey,
      };
      await api.stores.tasks.recordAnswer(
        { taskId: id, principal: 'eva', answer: 'spam', reason: '', envelope },
        trust,
      );
      await answer(api.tokens.ruth, id, 'spam');
      expect(await see(api.tokens.ruth, id)).toMatchObject({
        state: 'open',
        answersGiven: 1,
        unverified: [expect.any(String)],
      });
      expect(await answer(eva, id, 'spam')).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/did not sign/) },
      });
    });

    it('makes an agreed label of a served request feedback of both who signed it', async () => {
      await createServedRequests(api.opened.db).recordServed([
        {
          id: 'served-7',
          at: new Date().toISOString(),
          project: PROJECT,
          alias: 'email-triage',
          versionId: 'email-triage@1',
          itemKey: 'mail-7',
          maskedInput: 'hello',
          output: 'ham',
          promptTokens: 1,
          completionTokens: 1,
          latencyMilliseconds: 1,
          outcome: 'answered',
        },
      ]);
      const { id } = await open({ ...LABEL, subject: 'served-7' });
      await answer(api.tokens.ruth, id, 'spam');
      expect(await rows(`select 1 from feedback where request_id = 'served-7'`)).toEqual([]);
      await answer(eva, id, 'spam');
      const said = await rows(`select alias, principal, label from feedback where request_id = 'served-7' order by id`);
      expect(said).toEqual([
        { alias: 'email-triage', principal: 'ruth', label: 'spam' },
        { alias: 'email-triage', principal: 'eva', label: 'spam' },
      ]);
    });
  });

  describe('time', () => {
    it('ends a task that nobody answered, once, and takes no answer after', async () => {
      const { id } = await open({ ...LABEL, dueAt: new Date(Date.now() + 400).toISOString() });
      await answer(api.tokens.ruth, id, 'spam');
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await answer(eva, id, 'spam')).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/was due/) },
      });
      expect(await mine(eva)).not.toContain(id);
      await Promise.all([expireTasks(api.opened.db), expireTasks(api.opened.db)]);
      expect(await see(eva, id)).toMatchObject({ state: 'expired', answer: null });
      expect(await answer(eva, id, 'spam')).toMatchObject({ status: 409 });
      expect((await eventsOf(id)).filter((action) => action === 'task.closed')).toHaveLength(1);
    });

    it('is due in a week where nobody said, and never in the past', async () => {
      const { dueAt, openedAt } = await open();
      expect(Date.parse(dueAt) - Date.parse(openedAt)).toBeGreaterThan(6.9 * 86_400_000);
      const past = { ...LABEL, dueAt: '2020-01-01T00:00:00Z' };
      expect((await api.ask(api.tokens.ada, 'POST', '/v1/tasks', past)).status).toBe(422);
    });
  });

  describe('asking', () => {
    it('is for authors and services', async () => {
      expect((await api.ask(api.tokens.ruth, 'POST', '/v1/tasks', LABEL)).status).toBe(403);
      expect((await api.ask(api.tokens.robot, 'POST', '/v1/tasks', LABEL)).status).toBe(201);
    });

    it.each([
      ['an approval', { ...LABEL, kind: 'approval' }],
      ['two answers without choices', { ...LABEL, form: { ...LABEL.form, choices: undefined } }],
      ['two answers that nobody settles', { ...LABEL, form: { ...LABEL.form, adjudicators: undefined } }],
      ['nobody', { ...LABEL, candidates: {} }],
      ['somebody without a part in the project', { ...FACT, candidates: { people: ['sam'] } }],
      ['the same choice twice', { ...LABEL, form: { ...LABEL.form, choices: ['spam', 'spam'] } }],
      ['three answers', { ...LABEL, answersNeeded: 3 }],
    ])('refuses %s', async (_, task) => {
      expect((await api.ask(api.tokens.ada, 'POST', '/v1/tasks', task)).status).toBe(422);
    });

    it('knows no run of another project', async () => {
      const missing = await api.ask(api.tokens.ada, 'POST', '/v1/tasks', { ...LABEL, runId: 'run-999' });
      expect(missing.status).toBe(404);
    });
  });

  it('says how far two people agree over a batch, without those who settle a dispute', async () => {
    const agreement = async (batch: string, token = api.tokens.ada) =>
      (await api.ask(token, 'GET', `/v1/tasks/agreement?batch=${batch}`)).body;
    for (const [ruth, other] of [
      ['spam', 'spam'],
      ['ham', 'ham'],
      ['spam', 'ham'],
    ] as const) {
      const { id } = await open({ ...LABEL, batch: 'week-1' });
      await answer(api.tokens.ruth, id, ruth);
      await answer(eva, id, other);
      if (ruth !== other) expect((await answer(api.tokens.leo, id, 'ham')).status).toBe(201);
    }
    await open({ ...LABEL, batch: 'week-1' });
    expect(await agreement('week-1')).toMatchObject({ tasks: 4, n: 3, people: 2, method: 'cohen', isTooFew: true });
    expect((await agreement('week-1'))['kappa']).toBeCloseTo(0.4, 12);
    expect((await agreement('week-1'))['meaning']).toMatch(/too few: 3 of at least 30/);
    expect(await agreement('week-1', api.tokens.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('hides a task of another project from whoever asks or answers', async () => {
    const { id } = await open();
    expect((await api.ask(api.tokens.stranger, 'GET', `/v1/tasks/${id}`)).status).toBe(404);
    expect((await answer(api.tokens.stranger, id, 'spam')).status).toBe(404);
    expect(await rows('select 1 from task_answer where task_id = $1', id)).toEqual([]);
  });

  it.each([
    ['change what is asked', `update task set form = '{}'`],
    ['ask somebody else', `update task set candidate_people = '{eva}'`],
    ['give more time', `update task set due_at = 'infinity'`],
    ['end one without a trace', `update task set state = 'cancelled' where state = 'open'`],
    [
      'answer one without answers',
      `update task set state = 'answered', answer = 'spam' where state = 'open' and kind = 'label'`,
    ],
    ['open one again', `update task set state = 'open' where state = 'answered'`],
    ['end one before its time', `update task set state = 'expired' where state = 'open' and kind = 'label'`],
    ['change an answer', `update task_answer set answer = 'ham'`],
    ['remove a task', `delete from task`],
    [
      'answer one without a trace',
      `insert into task_answer (task_id, principal, answer, reason, envelope)
       select id, 'leo', 'spam', '', '{}' from task where state = 'open' and kind = 'label' limit 1`,
    ],
  ])('cannot be made to %s, nor by the owner', async (_, statement) => {
    await open();
    const done = await open(FACT);
    await answer(api.tokens.leo, done.id, 'yes');
    await expect(api.opened.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    await expect(asOwner(api.opened.db, (owner) => owner.execute(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taskPageSchema, taskViewSchema, type TaskPage } from '../../domain/api/task.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { signedDecision } from '../support/approval-files.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

const REASON = 'the evidence holds';

describe('the inbox', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  const open = async (expiresAfterMilliseconds = 60_000) =>
    seedRequest(api.opened.db, await seedRun(api.opened.db), expiresAfterMilliseconds);
  const inbox = async (token: string, query = ''): Promise<TaskPage> => {
    const { status, body } = await api.ask(token, 'GET', `/v1/tasks${query}`);
    expect(status).toBe(200);
    return taskPageSchema.parse(body);
  };
  const task = async (token: string, id: string) =>
    taskViewSchema.parse((await api.ask(token, 'GET', `/v1/tasks/${id}`)).body);
  const mine = async (token: string, subject: string) =>
    (await inbox(token, '?waitingFor=me&limit=200')).tasks.filter((one) => one.subject === subject).map(({ id }) => id);
  const decide = (token: string, id: string, subjectDigest: string) =>
    api.ask(token, 'POST', `/v1/approvals/${id}/decisions`, { verdict: 'approve', reason: REASON, subjectDigest });

  it('holds a request from the moment it is open, with a waiver for each answer that blocks, for those who are asked', async () => {
    const { id } = await open();
    expect(await mine(api.tokens.ruth, id)).toEqual([`approve-${id}`]);
    expect(await mine(api.tokens.leo, id)).toEqual([`approve-${id}`, `waive-${id}-QD3`]);
    expect(await mine(api.tokens.ada, id)).toEqual([]);
    expect(await mine(api.tokens.robot, id)).toEqual([]);
    const view = await task(api.tokens.ada, `approve-${id}`);
    expect(view).toMatchObject({ kind: 'approval', subject: id, state: 'open', answersGiven: 0, answersNeeded: 2 });
    expect(view).toMatchObject({ waitingForYou: false, whyNot: expect.stringMatching(/four eyes/) });
    // Ada holds the role and is left out by four eyes.
    expect(view.candidates.now.map(({ principal }) => principal)).toEqual(['demo-ruth', 'leo', 'ruth']);
    expect((await task(api.tokens.leo, `waive-${id}-QD3`)).form).toMatchObject({ waives: 'QD3' });
  });

  it('says who is asked by the roles held at that moment', async () => {
    const { id } = await open();
    const late = await addPerson(api.opened.db, { id: 'late', project: PROJECT, roles: ['legal'] });
    expect(await mine(late, id)).toEqual([`approve-${id}`, `waive-${id}-QD3`]);
    expect((await task(late, `approve-${id}`)).candidates.now).toContainEqual({
      principal: 'late',
      displayName: 'late',
      roles: ['legal'],
    });
  });

  it('leaves a task with the others once somebody has signed, and is rid of it when the request ends', async () => {
    const { id, subjectDigest } = await open();
    expect((await decide(api.tokens.leo, id, subjectDigest)).status).toBe(201);
    expect(await mine(api.tokens.leo, id)).toEqual([`waive-${id}-QD3`]);
    expect(await mine(api.tokens.ruth, id)).toEqual([`approve-${id}`]);
    expect((await task(api.tokens.leo, `approve-${id}`)).answersGiven).toBe(1);
    const waiver = { question: 'QD3', reason: REASON, purpose: 'demonstration', until: '2999-12-31', subjectDigest };
    expect((await api.ask(api.tokens.leo, 'POST', `/v1/approvals/${id}/waivers`, waiver)).status).toBe(201);
    expect(await task(api.tokens.leo, `waive-${id}-QD3`)).toMatchObject({ state: 'answered', answersGiven: 1 });
    await createApprovalStore(api.opened.db).close(id, 'approved', 'test');
    expect(await task(api.tokens.ruth, `approve-${id}`)).toMatchObject({ state: 'answered', waitingForYou: false });
    expect(await mine(api.tokens.ruth, id)).toEqual([]);
  });

  it.each([
    ['rejected', 'answered'],
    ['expired', 'expired'],
    ['voided', 'cancelled'],
  ] as const)('ends the tasks of a request that was %s as %s, with events', async (state, ended) => {
    const { id } = await open();
    await createApprovalStore(api.opened.db).close(id, state, 'test');
    const { tasks } = await inbox(api.tokens.ruth, `?state=${ended}&limit=200`);
    expect(tasks.filter((one) => one.subject === id)).toHaveLength(2);
    const { rows } = await api.opened.pool.query(
      `select action from audit_event where subject in ('approve-' || $1, 'waive-' || $1 || '-QD3') order by id`,
      [id],
    );
    const actions = rows.map((row: { action: string }) => row.action);
    expect(actions).toEqual(['task.opened', 'task.opened', 'task.closed', 'task.closed']);
  });

  it('says that a request has run out before its workflow has closed it', async () => {
    const { id } = await open(1);
    expect(await mine(api.tokens.ruth, id)).toEqual([]);
    expect((await task(api.tokens.ruth, `approve-${id}`)).whyNot).toMatch(/was due on/);
  });

  it('holds what somebody signs for another, until that is taken back, and no waiver', async () => {
    const mia = await addPerson(api.opened.db, { id: 'mia', project: PROJECT, roles: ['viewer'] });
    const { id } = await open();
    expect(await mine(mia, id)).toEqual([]);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const lent = { to: 'mia', role: 'legal', until, reason: 'On leave until Christmas.' };
    const given = await api.ask(api.tokens.leo, 'POST', '/v1/delegations', lent);
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    expect(await mine(mia, id)).toEqual([`approve-${id}`]);
    expect((await task(mia, `approve-${id}`)).candidates.now).toContainEqual({
      principal: 'mia',
      displayName: 'mia',
      roles: ['legal'],
    });
    expect((await task(mia, `waive-${id}-QD3`)).candidates.now.map(({ principal }) => principal)).not.toContain('mia');
    await api.ask(api.tokens.leo, 'POST', `/v1/delegations/${String(given.body['id'])}/revoke`);
    expect(await mine(mia, id)).toEqual([]);
  });

  it('holds a request again once a signature was taken back', async () => {
    const { id, subjectDigest } = await open();
    await decide(api.tokens.ruth, id, subjectDigest);
    expect(await mine(api.tokens.ruth, id)).toEqual([]);
    const withdrawal = { verdict: 'withdraw', reason: REASON, subjectDigest };
    const taken = await api.ask(api.tokens.ruth, 'POST', `/v1/approvals/${id}/decisions`, withdrawal);
    expect(taken.status, JSON.stringify(taken.body)).toBe(201);
    expect(await mine(api.tokens.ruth, id)).toEqual([`approve-${id}`]);
  });

  it('joins the projects of a person, and judges each by the roles that they hold there', async () => {
    const both = await addPerson(api.opened.db, { id: 'both', project: PROJECT, roles: ['viewer'] });
    await addPerson(api.opened.db, { id: 'both', project: 'other', roles: ['risk'] });
    const { id } = await open();
    const asked = {
      kind: 'triage',
      title: 'Which team?',
      subject: 'alarm-1',
      form: { question: 'Which team looks at it?' },
      candidates: { roles: ['risk'] },
    };
    const other = (await api.ask(api.tokens.stranger, 'POST', '/v1/tasks', asked)).body['id'];
    const seen = (await inbox(both, '?limit=200')).tasks.filter((one) => [`approve-${id}`, other].includes(one.id));
    expect(seen.map((one) => [one.project, one.waitingForYou])).toEqual([
      [PROJECT, false],
      ['other', true],
    ]);
    expect((await inbox(both, '?waitingFor=me')).tasks.map((one) => one.id)).toEqual([other]);
    expect((await inbox(both, `?project=${PROJECT}&limit=200`)).tasks.map((one) => one.id)).not.toContain(other);
  });

  it('does not count a forged row as a signature', async () => {
    const { id, subjectDigest } = await open();
    const { envelope } = signedDecision('leo', 'legal', { requestId: id, subjectDigest });
    const forged = { principal: 'leo', role: 'legal', stage: 'release', verdict: 'approve' as const, reason: REASON };
    await api.stores.decisions.recordDecision({ requestId: id, subjectDigest, envelope, ...forged });
    expect((await task(api.tokens.ruth, `approve-${id}`)).answersGiven).toBe(0);
  });

  it('hides the tasks of another project as if they were not there', async () => {
    const { id } = await open();
    const hidden = await api.ask(api.tokens.stranger, 'GET', `/v1/tasks/approve-${id}`);
    const unknown = await api.ask(api.tokens.stranger, 'GET', '/v1/tasks/nothing');
    expect([hidden.status, unknown.status]).toEqual([404, 404]);
    const seen = (await inbox(api.tokens.stranger, '?state=all')).tasks.map(({ project }) => project);
    expect(seen).not.toContain(PROJECT);
    expect((await api.ask(api.tokens.stranger, 'GET', `/v1/tasks?project=${PROJECT}`)).status).toBe(404);
  });

  it('gives every task once over its pages, by due date, also where due dates are the same', async () => {
    const requests = await Promise.all(Array.from({ length: 7 }, () => open(600_000)));
    const found: { id: string; dueAt: string }[] = [];
    for (let query = '?limit=3'; ;) {
      const { tasks, next } = await inbox(api.tokens.ruth, query);
      expect(tasks.length).toBeLessThanOrEqual(3);
      found.push(...tasks);
      if (next === null) break;
      query = `?limit=3&cursor=${next}`;
    }
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    const ids = new Set(found.map(({ id }) => id));
    for (const { id } of requests) expect([ids.has(`approve-${id}`), ids.has(`waive-${id}-QD3`)]).toEqual([true, true]);
    expect(found.map(({ dueAt }) => dueAt)).toEqual(found.map(({ dueAt }) => dueAt).toSorted());
    const { tasks } = await inbox(api.tokens.ruth, '?kind=waiver&limit=200');
    expect(new Set(tasks.map(({ kind }) => kind))).toEqual(new Set(['waiver']));
  });

  it('finds what was signed on a request by an index of all that was', async () => {
    const { rows } = await api.opened.pool.query(
      `select distinct i.indrelid::regclass::text as name from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where a.attname in ('request_id', 'task_id') and i.indpred is null
         and i.indrelid in ('decision'::regclass, 'waiver'::regclass, 'task_answer'::regclass) order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['decision', 'task_answer', 'waiver']);
  });

  it('refuses a cursor that it did not give', async () => {
    for (const cursor of ['x', Buffer.from('["yesterday","a"]').toString('base64url')])
      expect((await api.ask(api.tokens.ruth, 'GET', `/v1/tasks?cursor=${cursor}`)).status).toBe(422);
  });
});

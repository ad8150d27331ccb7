import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunStore } from '../../db/stores/run-store.js';
import { createScheduleStore } from '../../db/stores/schedule-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { factOf, PROJECT } from '../support/seeded-project.js';
import { toyPlan } from '../support/toy-plan.js';

const plan = toyPlan();
const nightly = { id: 'nightly', plan, cron: '30 2 * * *', timeZone: 'Europe/Berlin' };

let api: ApiUnderTest;
let author: string;
beforeAll(async () => {
  api = await openApi();
  author = await addPerson(api.opened.db, { id: 'ann', project: PROJECT, roles: ['author'] });
});
afterAll(() => api.close());

const command = (id: string, body: unknown, key?: string, token = author) =>
  api.ask(token, 'POST', `/v1/schedules/${id}/commands`, body, key === undefined ? {} : { 'idempotency-key': key });
const eventsOf = async (schedule: string) =>
  (
    await api.opened.db.execute<{ kind: string; actor: string }>(sql`
      select details ->> 'kind' as kind, actor from audit_event
      where action = 'schedule.commanded' and details ->> 'schedule' = ${schedule} order by id`)
  ).rows;

describe('schedules over the api', () => {
  it('are made once for a key, shown with their next times, and every change of them is audited', async () => {
    const made = () => api.ask(author, 'POST', '/v1/schedules', nightly, { 'idempotency-key': 'k-1' });
    const first = await made();
    expect(first).toMatchObject({ status: 202, body: { scheduleId: 'nightly', kind: 'create' } });
    expect((await made()).body).toEqual(first.body);
    expect((await api.ask(author, 'POST', '/v1/schedules', nightly)).status).toBe(409);
    const { body } = await api.ask(author, 'GET', '/v1/schedules/nightly');
    expect(body).toMatchObject({
      name: plan.name,
      overlap: 'skip',
      catchUpMilliseconds: 3_600_000,
      requestedBy: 'ann',
    });
    expect(body['nextTimes']).toHaveLength(5);
    expect(body['nextAt']).toBe((body['nextTimes'] as string[])[0]);

    await command('nightly', { kind: 'pause' }, 'k-2');
    await command('nightly', { kind: 'pause' }, 'k-2');
    const changed = await command('nightly', { kind: 'update', cron: '0 5 * * *', overlap: 'cancel-other' });
    expect(changed.status).toBe(202);
    const { body: after } = await api.ask(author, 'GET', '/v1/schedules/nightly');
    expect(after).toMatchObject({ isPaused: true, nextAt: null, cron: '0 5 * * *', timeZone: 'Europe/Berlin' });
    expect(await eventsOf('nightly')).toEqual([
      { kind: 'create', actor: 'ann' },
      { kind: 'pause', actor: 'ann' },
      { kind: 'update', actor: 'ann' },
    ]);
  });

  it('refuse who may not, what is wrong, and what is not there', async () => {
    expect((await api.ask(api.tokens.leo, 'POST', '/v1/schedules', { ...nightly, id: 'other' })).status).toBe(403);
    expect((await command('nightly', { kind: 'trigger' }, undefined, api.tokens.ruth)).status).toBe(403);
    expect((await api.ask(api.tokens.stranger, 'GET', '/v1/schedules/nightly')).status).toBe(404);
    for (const wrong of [
      { cron: '61 * * * *' },
      { timeZone: 'Mars/Base' },
      { overlap: 'terminate-other' },
      { id: 'A' },
    ])
      expect((await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'x', ...wrong })).status).toBe(422);
    expect((await command('nobody', { kind: 'pause' })).status).toBe(404);
    const future = { kind: 'backfill', from: '2026-03-01T00:00:00Z', to: '2999-01-01T00:00:00Z' };
    expect((await command('nightly', future)).status).toBe(422);
    const empty = { kind: 'backfill', from: '2026-03-01T00:00:00Z', to: '2026-03-01T00:10:00Z' };
    expect((await command('nightly', empty)).status).toBe(422);
  });

  it('preview a backfill: its times, those that have their run, and the quote of the last training', async () => {
    await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'spring' });
    const range = 'from=2026-03-28T00:00:00Z&to=2026-03-30T12:00:00Z';
    const preview = () => api.ask(author, 'GET', `/v1/schedules/spring/times?${range}`);
    // 02:30 of 29 March 2026 is not there.
    expect((await preview()).body).toEqual({
      times: [
        { at: '2026-03-28T01:30:00.000Z', runId: null },
        { at: '2026-03-30T00:30:00.000Z', runId: null },
      ],
      newRuns: 2,
      isCut: false,
      quote: null,
    });
    const store = createScheduleStore(api.opened.db);
    const time = { project: PROJECT, schedule: 'spring', nominal: '2026-03-28T01:30:00Z' };
    const started = await store.requestRun(time);
    expect(await store.requestRun(time)).toEqual(started);
    const quote = { costMicroUsd: 1_500_000, tokens: 1, basis: 'test' };
    await createEvidenceStore(api.opened.db).keep(started!.runId, 'fine-tune', factOf({ quote }));
    expect((await preview()).body).toMatchObject({
      times: [{ runId: started!.runId }, { runId: null }],
      newRuns: 1,
      quote: { runId: started!.runId, costMicroUsd: 1_500_000, totalMicroUsd: 1_500_000 },
    });
    const { body: run } = await api.ask(author, 'GET', `/v1/runs/${started!.runId}`);
    expect(run).toMatchObject({
      requestedBy: 'ann',
      schedule: { id: 'spring', scheduledFor: '2026-03-28T01:30:00.000Z' },
    });
  });

  it('run a changed plan in the name of who changed it, and leave the runs of times that had theirs', async () => {
    await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'handed-over' });
    const store = createScheduleStore(api.opened.db);
    const at = (nominal: string) => ({ project: PROJECT, schedule: 'handed-over', nominal });
    const before = await store.requestRun(at('2026-03-01T01:30:00Z'));
    const other = toyPlan();
    other.train!.seed += 1;
    await command('handed-over', { kind: 'update', plan: other }, undefined, api.tokens.ada);
    expect(await store.requestRun(at('2026-03-01T01:30:00Z'))).toEqual(before);
    const next = await store.requestRun(at('2026-03-02T01:30:00Z'));
    const run = await createRunStore(api.opened.db).load(next!.runId);
    expect(run).toMatchObject({ requestedBy: 'ada', planDigest: digestOf(other) });
  });

  it('name who asked for one of their times beside who they run for: four eyes see both', async () => {
    await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'hurried' });
    const store = createScheduleStore(api.opened.db);
    const runOf = async (nominal: string) =>
      (await store.requestRun({ project: PROJECT, schedule: 'hurried', nominal }))!.runId;
    await command('hurried', { kind: 'trigger' }, undefined, api.tokens.ada);
    const backfill = { kind: 'backfill', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
    await command('hurried', backfill, undefined, api.tokens.ada);
    const { rows } = await api.opened.db.execute<{ at: string }>(sql`
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from schedule_command
      where schedule = 'hurried' and kind = 'trigger'`);
    const runs = createRunStore(api.opened.db);
    expect(await runs.otherRequesters(await runOf(rows[0]!.at))).toEqual(['ada']);
    expect(await runs.otherRequesters(await runOf('2026-03-01T01:30:00Z'))).toEqual(['ada']);
    expect(await runs.otherRequesters(await runOf('2026-03-03T01:30:00Z'))).toEqual([]);
  });

  it('are gone once deleted: nothing is shown, asked or started, and the name is free again', async () => {
    await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'short-lived' });
    expect((await command('short-lived', { kind: 'delete' })).status).toBe(202);
    expect((await api.ask(author, 'GET', '/v1/schedules/short-lived')).status).toBe(404);
    expect((await command('short-lived', { kind: 'trigger' })).status).toBe(404);
    const time = { project: PROJECT, schedule: 'short-lived', nominal: '2026-03-02T01:30:00Z' };
    expect(await createScheduleStore(api.opened.db).requestRun(time)).toBe(undefined);
    expect((await api.ask(author, 'POST', '/v1/schedules', { ...nightly, id: 'short-lived' })).status).toBe(202);
  });

  it('change for nobody in the database without a command that is audited', async () => {
    const change = api.opened.db.execute(sql`update schedule set cron = '* * * * *' where id = 'nightly'`);
    await expect(change).rejects.toMatchObject({ cause: { message: expect.stringContaining('lacks its command') } });
  });
});

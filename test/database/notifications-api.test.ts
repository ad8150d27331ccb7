import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeOf } from '../../domain/notifications/notice.js';
import { openApi, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

describe('notifications by the api', () => {
  let api: ApiUnderTest;
  let lead: string;
  beforeAll(async () => {
    api = await openApi();
    lead = await addPerson(api.opened.db, { id: 'lea', project: PROJECT, roles: ['ml-lead'] });
  });
  afterAll(() => api.close());

  it('attack 9: the link of a message decides nothing, whoever opens it and however often', async () => {
    const { opened, tokens } = api;
    const request = await seedRequest(opened.db, await seedRun(opened.db));
    const told = { type: 'approval.opened', at: 'now', project: PROJECT, subject: request.id, details: {} };
    const { page } = noticeOf(told, { ...request, model: 'email-triage' });
    expect(page).toBe(`/approvals/${request.id}`);
    const state = async () => {
      const { rows } = await opened.pool.query(
        `select (select count(*) from decision) as decisions, (select count(*) from audit_event) as events,
          (select state from approval_request where id = $1) as state`,
        [request.id],
      );
      return rows[0] as object;
    };
    const before = await state();
    const app = api.appWith({});
    for (const token of [undefined, tokens.ruth, tokens.leo])
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        for (const path of [page, `/v1${page}`, `/v1${page}/decisions`, `/v1${page}?verdict=approve`]) {
          const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
          expect((await app.request(path ?? '', { method, headers })).status, `${method} ${path}`).not.toBe(201);
        }
    expect(await state()).toEqual(before);
  });

  it('gives each person their own address to set and to take away, and a service none', async () => {
    const address = (token: string, email: unknown) => api.ask(token, 'PUT', '/v1/notifications/address', { email });
    expect(await address(api.tokens.ruth, 'ruth@example.com')).toMatchObject({
      status: 200,
      body: { principal: 'ruth', email: 'ruth@example.com' },
    });
    expect((await api.ask(api.tokens.ruth, 'GET', '/v1/notifications/address')).body['email']).toBe('ruth@example.com');
    expect((await api.ask(api.tokens.leo, 'GET', '/v1/notifications/address')).body['email']).toBeNull();
    expect((await address(api.tokens.ruth, 'ruth@example.com\r\nBcc: eve@example.com')).status).toBe(422);
    expect((await address(api.tokens.robot, 'robot@example.com')).status).toBe(403);
    expect((await address(api.tokens.ruth, null)).body['email']).toBeNull();
    const { rows } = await api.opened.pool.query(`select count(*)::int as kept from notification_address`);
    expect(rows).toEqual([{ kept: 0 }]);
  });

  it('keeps one log for all channels, and shows a webhook alone as a webhook', async () => {
    const add = (body: object) => api.ask(lead, 'POST', '/v1/notifications/channels', body);
    const email = await add({ kind: 'email', mailboxes: ['team@example.com'] });
    const slack = await add({ kind: 'slack', secrets: ['${secret:slack}'] });
    const webhook = await add({
      kind: 'webhook',
      url: 'https://hooks.example.com',
      events: ['run.finished'],
      secrets: ['${secret:hooks}'],
    });
    expect([email.status, slack.status, webhook.status]).toEqual([201, 201, 201]);
    expect(email.body).toMatchObject({ kind: 'email', people: true, url: null, secrets: [] });
    const ids = [email, slack, webhook].map(({ body }) => String(body['id']));
    for (const id of ids)
      expect((await api.ask(lead, 'POST', `/v1/notifications/channels/${id}/tests`)).status).toBe(202);
    const log = await api.ask(lead, 'GET', '/v1/notifications/deliveries?state=pending');
    const deliveries = log.body['deliveries'] as { channel: string; recipient: string; type: string }[];
    expect(deliveries.map(({ channel, recipient, type }) => [channel, recipient, type]).toSorted()).toEqual(
      [
        [ids[0], 'mailbox:team@example.com', 'notification.test'],
        [ids[0], 'person:lea', 'notification.test'],
        [ids[1], '', 'notification.test'],
        [ids[2], '', 'webhook.test'],
      ].toSorted(),
    );
    const { webhooks } = (await api.ask(lead, 'GET', '/v1/webhooks')).body as { webhooks: { id: string }[] };
    expect(webhooks.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await api.ask(lead, 'GET', `/v1/webhooks/${ids[1]}/deliveries`)).status).toBe(404);
    const secrets = { secrets: ['${secret:slack-2027}'] };
    expect((await api.ask(lead, 'POST', `/v1/notifications/channels/${ids[1]}/secrets`, secrets)).status).toBe(200);
    expect((await api.ask(lead, 'POST', `/v1/notifications/channels/${ids[0]}/secrets`, secrets)).status).toBe(422);
  });
});

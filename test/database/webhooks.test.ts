import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Receiver } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sequence } from '../../db/audit/sequencer.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createChannels, type Channels } from '../../db/stores/channels.js';
import { createNotificationOutbox, type NotificationOutbox } from '../../db/stores/notification-outbox.js';
import { createEnvironmentSecrets } from '../../providers/secrets/environment.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { createWebhookPost } from '../../providers/webhooks/post-webhook.js';
import {
  createNotificationSender,
  type NotificationSender,
  type NotificationSenderOptions,
} from '../../workers/housekeeping/notification-sender.js';
import { ownDatabase } from '../support/own-database.js';
import { PROJECT, seedRun } from '../support/seeded-project.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const secrets = createSecrets({
  sources: {
    environment: createEnvironmentSecrets({
      ASSAY_SECRET_HOOKS: SECRET,
      ASSAY_SECRET_OLD: OLD_SECRET,
      ASSAY_SECRET_BAD: 'short',
    }),
  },
});

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

describe('webhooks', () => {
  const opened = ownDatabase();
  let webhooks: Channels;
  let receiver: Server;
  let received: Received[];
  /** What the receiver answers at a path; a promise that never ends is a receiver that says nothing. */
  let answers: Record<string, number | Promise<number>>;
  let senders: NotificationSender[];

  beforeAll(async () => {
    webhooks = createChannels(opened.db);
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ path: request.url ?? '', headers: request.headers, body });
        void Promise.resolve(answers[request.url ?? ''] ?? 204).then((status) => response.writeHead(status).end());
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    received = [];
    answers = {};
    senders = [];
  });
  afterEach(async () => {
    await Promise.all(senders.map((sender) => sender.stop()));
    for (const one of await webhooks.list(PROJECT)) await webhooks.remove(one.id, 'ada');
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
  });

  const urlOf = (path: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
  const add = (path: string, over: object = {}) =>
    webhooks.add({
      kind: 'webhook',
      project: PROJECT,
      url: urlOf(path),
      events: ['run.finished'],
      secrets: ['${secret:hooks}'],
      by: 'ada',
      ...over,
    });

  function newSender(over: Partial<NotificationSenderOptions> = {}): NotificationSender {
    const sender = createNotificationSender({
      outbox: createNotificationOutbox(opened.db),
      post: createWebhookPost({ allowLocal: true }),
      sendMail: () => expect.unreachable('a webhook is no mail'),
      publicUrl: undefined,
      secrets,
      delays: [0, 0],
      clock: Date.now,
      random: () => 0.5,
      onSettled: () => undefined,
      onError: (error) => expect.unreachable(String(error)),
      ...over,
    });
    senders.push(sender);
    return sender;
  }

  /** Chains what there is, then lets a sender work until it is as wanted. */
  async function until(sender: NotificationSender, isThere: () => boolean | Promise<boolean>): Promise<void> {
    while ((await sequence(opened.db, { holder: 'test', limit: 1000 })).isBehind);
    await expect
      .poll(
        async () => {
          while (await sender.work());
          return isThere();
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe(true);
  }

  async function finishRun(): Promise<string> {
    const runId = await seedRun(opened.db);
    await createRunStore(opened.db).finish(runId, 'failed', 'a reason with words of somebody');
    return runId;
  }

  const deliveriesOf = async (id: string) =>
    (await webhooks.deliveries(id)).map(({ state, attempts, lastError }) => ({ state, attempts, lastError }));
  const isSettled = async (id: string) => (await webhooks.deliveries(id)).every(({ state }) => state !== 'pending');

  it('tells once of what was asked for since it was added, signed, without anybody’s words', async () => {
    await finishRun();
    const { id } = await add('/told');
    const runId = await finishRun();
    await until(newSender(), async () => received.length > 0 && isSettled(id));
    expect(received).toHaveLength(1);
    const { headers, body } = received[0]!;
    expect(new Receiver(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'run.finished',
      data: { project: PROJECT, id: runId, name: 'email-triage', status: 'failed' },
    });
    expect(body).not.toMatch(/somebody/);
    expect(await deliveriesOf(id)).toEqual([{ state: 'delivered', attempts: 1, lastError: null }]);
  });

  it('tries again under the same id, with a new time and signature, until it arrives', async () => {
    const { id } = await add('/again');
    answers['/again'] = 500;
    await finishRun();
    let now = Date.now();
    const sender = newSender({ clock: () => (now += 2_000), onSettled: () => (answers['/again'] = 204) });
    await until(sender, async () => received.length > 1 && isSettled(id));
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2);
    expect(new Set(received.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
    expect(await deliveriesOf(id)).toEqual([{ state: 'delivered', attempts: 2, lastError: null }]);
  });

  it('leaves as dead what does not arrive by the schedule, and sends it again when asked', async () => {
    const { id } = await add('/dead');
    answers['/dead'] = 302;
    await finishRun();
    await until(newSender(), async () => received.length > 0 && isSettled(id));
    expect(await deliveriesOf(id)).toEqual([{ state: 'dead', attempts: 3, lastError: 'It answered 302.' }]);
    answers['/dead'] = 200;
    const [dead] = await webhooks.deliveries(id, 'dead');
    await webhooks.redeliver(id, dead?.id ?? '', 'ada');
    await until(newSender(), () => isSettled(id));
    expect(await deliveriesOf(id)).toEqual([{ state: 'delivered', attempts: 1, lastError: null }]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead?.id]));
  });

  it('gives up at once on who is gone for good', async () => {
    const { id } = await add('/gone');
    answers['/gone'] = 410;
    await webhooks.test(id, 'ada');
    await until(newSender(), () => isSettled(id));
    expect(await deliveriesOf(id)).toEqual([{ state: 'dead', attempts: 1, lastError: 'It answered 410.' }]);
  });

  it('keeps nobody waiting for one that says nothing', async () => {
    const silent = await add('/silent');
    const quick = await add('/quick');
    answers['/silent'] = new Promise<number>(() => undefined);
    for (let run = 0; run < 3; run += 1) await finishRun();
    await until(
      newSender(),
      async () => (await deliveriesOf(quick.id)).filter(({ state }) => state === 'delivered').length === 3,
    );
    expect((await deliveriesOf(silent.id)).every(({ state }) => state === 'pending')).toBe(true);
    expect(received.filter(({ path }) => path === '/silent').length).toBeLessThanOrEqual(2);
  });

  it('sends again what a sender took and did not settle, because it was killed', async () => {
    const { id } = await add('/killed');
    const outbox = createNotificationOutbox(opened.db);
    const dying: NotificationOutbox = { ...outbox, settle: () => new Promise<void>(() => undefined) };
    await finishRun();
    const killed = newSender({ outbox: dying });
    senders.pop();
    await until(killed, () => received.length === 1);
    await opened.db.execute(
      `update notification_delivery set next_attempt_at = clock_timestamp() where channel = '${id}'`,
    );
    await until(newSender(), () => isSettled(id));
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
      received[0]?.headers['webhook-id'],
      received[0]?.headers['webhook-id'],
    ]);
    expect(await deliveriesOf(id)).toEqual([{ state: 'delivered', attempts: 2, lastError: null }]);
  });

  it('signs with the old and the new secret while receivers change over, and names one that is not there', async () => {
    const { id } = await add('/rotated', { secrets: ['${secret:hooks}', '${secret:old}'] });
    await webhooks.test(id, 'ada');
    await until(newSender(), () => isSettled(id));
    const { headers, body } = received[0]!;
    for (const secret of [SECRET, OLD_SECRET]) new Receiver(secret).verify(body, headers as Record<string, string>);
    for (const [secret, why] of [
      ['${secret:missing}', /missing/],
      ['${secret:bad}', /whsec_ and 24 to 64/],
    ] as const) {
      await webhooks.changeSecrets(id, [secret], 'ada');
      const { id: tried } = await webhooks.test(id, 'ada');
      await until(newSender(), () => isSettled(id));
      const delivery = (await webhooks.deliveries(id)).find((one) => one.id === tried);
      expect(delivery).toMatchObject({ state: 'dead', lastStatus: null, lastError: expect.stringMatching(why) });
      expect(delivery?.lastError).not.toContain('short');
    }
    expect(received).toHaveLength(1);
  });

  it('sends nothing more to one that was removed, and audits who did what without the address', async () => {
    const { id } = await add('/removed/token');
    await webhooks.test(id, 'ada');
    await webhooks.remove(id, 'ada');
    const sender = newSender();
    await sender.work();
    expect(await deliveriesOf(id)).toEqual([{ state: 'dead', attempts: 0, lastError: 'The channel was removed.' }]);
    await expect(webhooks.test(id, 'ada')).rejects.toMatchObject({ code: 'CONFLICT' });
    const { rows } = await opened.pool.query(
      `select action, actor, details from audit_event where subject = $1 order by id`,
      [id],
    );
    expect(rows.map((row: { action: string }) => row.action)).toEqual(['channel.added', 'channel.removed']);
    expect(JSON.stringify(rows)).not.toContain('token');
    expect(received).toEqual([]);
  });

  it('lets the application neither rewrite a message nor forget one that is young', async () => {
    const { id } = await add('/kept');
    await webhooks.test(id, 'ada');
    await expect(opened.pool.query(`update notification_delivery set body = '{}'`)).rejects.toThrow(
      /only state, attempts/,
    );
    await expect(opened.pool.query(`update notification_channel set url = 'https://evil.example.com'`)).rejects.toThrow(
      /only secrets/,
    );
    await expect(createNotificationOutbox(opened.db).forget(1000)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await createNotificationOutbox(opened.db).forget(30 * 86_400_000);
  });

  it('stay removed, and are signed for with other secrets only where an event says so', async () => {
    const { id } = await add('/guarded');
    const other = `update notification_channel set secrets = array['\${secret:other}'] where id = '${id}'`;
    await expect(opened.pool.query(other)).rejects.toThrow('lack their audit event');
    expect((await webhooks.changeSecrets(id, ['${secret:old}'], 'ada')).secrets).toEqual(['${secret:old}']);
    await webhooks.remove(id, 'ada');
    const back = `update notification_channel set removed_at = null where id = '${id}'`;
    await expect(opened.pool.query(back)).rejects.toThrow('stays as it ended');
  });
});

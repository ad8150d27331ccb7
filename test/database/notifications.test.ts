import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sequence } from '../../db/audit/sequencer.js';
import { createDatabase } from '../../db/pool.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createChannels, type Channel, type Channels } from '../../db/stores/channels.js';
import { createNotificationAddresses } from '../../db/stores/notification-address.js';
import { createNotificationOutbox, type NotificationOutbox } from '../../db/stores/notification-outbox.js';
import { createDelegations } from '../../db/stores/delegations.js';
import { insertTask } from '../../db/stores/open-task.js';
import { EVENTS_FOR_PEOPLE } from '../../domain/notifications/events.js';
import { variableOfSecret } from '../../domain/secrets/reference.js';
import { createSendMail } from '../../providers/mail/send-mail.js';
import { createEnvironmentSecrets } from '../../providers/secrets/environment.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { createWebhookPost } from '../../providers/webhooks/post-webhook.js';
import {
  createNotificationSender,
  type NotificationSender,
  type NotificationSenderOptions,
} from '../../workers/housekeeping/notification-sender.js';
import { hostileServer, text, type Reaction } from '../support/hostile-server.js';
import { mailServerUnderTest, smtpError, startMailServer, type Taking } from '../support/mail-server.js';
import { ownDatabase } from '../support/own-database.js';
import { addPerson } from '../support/people.js';
import { signRequest } from '../support/sign-request.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';

const PUBLIC_URL = 'https://assay.example.com';
const VALUES: Record<string, string> = {};
const secrets = createSecrets({ sources: { environment: createEnvironmentSecrets(VALUES) } });

describe('notifications', () => {
  const opened = ownDatabase();
  let channels: Channels;
  let senders: NotificationSender[];

  beforeAll(async () => {
    channels = createChannels(opened.db);
    const addresses = createNotificationAddresses(opened.db);
    for (const id of ['ada', 'ruth', 'leo']) await addresses.change(id, `${id}@example.com`);
  });
  beforeEach(() => {
    senders = [];
  });
  afterEach(async () => {
    await Promise.all(senders.map((sender) => sender.stop()));
    for (const one of await channels.list(PROJECT)) await channels.remove(one.id, 'ada');
  });

  const addEmail = (over: { mailboxes?: string[]; people?: boolean } = {}): Promise<Channel> =>
    channels.add({
      kind: 'email',
      mailboxes: [],
      people: true,
      project: PROJECT,
      events: EVENTS_FOR_PEOPLE,
      by: 'ada',
      ...over,
    });

  async function addSlack(react: Reaction) {
    const server = await hostileServer(react);
    // A secret of its own: a value is kept for half a minute.
    const name = `slack-${Object.keys(VALUES).length}`;
    VALUES[variableOfSecret(name)] = `${server.baseUrl}/services/T0/B0/hidden`;
    const secret = [`\${secret:${name}}`] as const;
    const channel = await channels.add({
      kind: 'slack',
      secrets: secret,
      project: PROJECT,
      events: EVENTS_FOR_PEOPLE,
      by: 'ada',
    });
    return { server, channel };
  }

  function newSender(over: Partial<NotificationSenderOptions> = {}): NotificationSender {
    const sender = createNotificationSender({
      outbox: createNotificationOutbox(opened.db),
      post: createWebhookPost({ allowLocal: true }),
      sendMail: () => expect.unreachable('no mail is to be sent'),
      publicUrl: PUBLIC_URL,
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

  const mailSender = (
    server: Awaited<ReturnType<typeof startMailServer>>,
    over: Partial<NotificationSenderOptions> = {},
  ) =>
    newSender({
      sendMail: createSendMail({ server: server.settings, secrets, timeoutMilliseconds: 2_000 }),
      ...over,
    });

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

  const deliveriesOf = async ({ id }: Channel) =>
    (await channels.deliveries(id)).map(({ recipient, type, state, attempts, lastError }) => ({
      recipient,
      type,
      state,
      attempts,
      lastError,
    }));
  const areSettled = async ({ id }: Channel, count: number) => {
    const all = await channels.deliveries(id);
    return all.length >= count && all.every(({ state }) => state !== 'pending');
  };
  const openApproval = async (name = 'email-triage') => seedRequest(opened.db, await seedRun(opened.db, name));
  const messageIdOf = (raw: string) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1];

  it('mail those that a request waits for, with a link, without evidence, and not who asked for it', async () => {
    const server = await mailServerUnderTest();
    const channel = await addEmail({ mailboxes: ['team@example.com'] });
    const request = await openApproval();
    await until(mailSender(server), () => areSettled(channel, 3));
    expect(server.received.flatMap(({ to }) => to).toSorted()).toEqual([
      'leo@example.com',
      'ruth@example.com',
      'team@example.com',
    ]);
    const { raw } = server.received[0]!;
    expect(raw).toContain('Subject: [Assay] email-triage: an approval waits for signatures\r\n');
    expect(raw).toContain(`\r\n${PUBLIC_URL}/approvals/${request.id}\r\n`);
    expect(raw).toContain(request.subjectDigest.slice(7, 19));
    expect(raw).toContain(`${request.expiresAt.slice(0, 16).replace('T', ' ')} UTC`);
    const { evaluations, gateVerdicts, dataAnswers } = request.subject;
    for (const hidden of [...evaluations, gateVerdicts, dataAnswers, request.subjectDigest, 'approve', 'token'])
      expect(raw.replace(`/approvals/${request.id}`, ''), hidden).not.toContain(hidden);
  });

  it('tell the signers and who asked how it ended', async () => {
    const server = await mailServerUnderTest();
    const request = await openApproval();
    const { privateKey } = generateKeyPairSync('ed25519');
    await signRequest(opened.db, { requestId: request.id, instance: 'test', privateKey });
    const channel = await addEmail();
    await createApprovalStore(opened.db).close(request.id, 'voided', 'words of somebody');
    await until(mailSender(server), () => areSettled(channel, 3));
    const people = ['ada@example.com', 'leo@example.com', 'ruth@example.com'];
    expect(server.received.flatMap(({ to }) => to).toSorted()).toEqual(people);
    expect(server.received[0]?.raw).toContain('signatures on it count no more');
    expect(server.received[0]?.raw).not.toContain('somebody');
  });

  it('wait while the mail server is away, keep no approval waiting, and come once when it is back (X22)', async () => {
    const away = await startMailServer();
    const { port } = away.settings;
    await away.close();
    const channel = await addEmail();
    const request = await openApproval();
    const sender = mailSender(away, { delays: Array.from({ length: 50 }, () => 20) });
    await until(sender, async () => (await deliveriesOf(channel)).some(({ attempts }) => attempts >= 3));
    expect((await deliveriesOf(channel)).every(({ state }) => state === 'pending')).toBe(true);
    expect((await deliveriesOf(channel))[0]?.lastError).toBe('The mail server did not take it (ECONNREFUSED).');
    await createApprovalStore(opened.db).close(request.id, 'approved', 'all signed');
    const back = await mailServerUnderTest({ port });
    await until(sender, () => areSettled(channel, 3));
    const ids = back.received.map(({ raw }) => messageIdOf(raw));
    expect(back.received).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect((await deliveriesOf(channel)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('keep their Message-ID where a sender was killed between sending and writing it down', async () => {
    const server = await mailServerUnderTest();
    const channel = await addEmail({ people: false, mailboxes: ['team@example.com'] });
    const outbox = createNotificationOutbox(opened.db);
    const dying: NotificationOutbox = { ...outbox, settle: () => new Promise<void>(() => undefined) };
    await openApproval();
    const killed = mailSender(server, { outbox: dying });
    senders.pop();
    await until(killed, () => server.received.length === 1);
    await opened.pool.query(`update notification_delivery set next_attempt_at = clock_timestamp() where channel = $1`, [
      channel.id,
    ]);
    await until(mailSender(server), () => areSettled(channel, 1));
    const [delivery] = await channels.deliveries(channel.id);
    expect(server.received.map(({ raw }) => messageIdOf(raw))).toEqual([
      `<${delivery?.id}@example.com>`,
      `<${delivery?.id}@example.com>`,
    ]);
    expect(server.received[1]?.raw).toBe(server.received[0]?.raw);
  });

  it.each<[string, Taking, string, number]>([
    ['will not have the mail', (_mail, callback) => callback(smtpError(554)), 'It answered 554.', 1],
    ['cannot take it now', (_mail, callback) => callback(smtpError(451)), 'It answered 451.', 3],
  ])('are dead where a server %s, and go out again when asked', async (_what, taking, lastError, attempts) => {
    let react = taking;
    const server = await mailServerUnderTest({ taking: (...mail) => react(...mail) });
    const channel = await addEmail({ people: false, mailboxes: ['team@example.com'] });
    await openApproval();
    await until(mailSender(server), () => areSettled(channel, 1));
    expect(await deliveriesOf(channel)).toMatchObject([{ state: 'dead', attempts, lastError }]);
    react = (_mail, callback) => callback();
    const [dead] = await channels.log(PROJECT, 'dead');
    await channels.redeliver(channel.id, dead?.id ?? '', 'ada');
    await until(mailSender(server), () => areSettled(channel, 1));
    expect(await deliveriesOf(channel)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(new Set(server.received.map(({ raw }) => messageIdOf(raw))).size).toBe(1);
  });

  it('keep nobody waiting for a mail server that hangs', async () => {
    const hanging = await mailServerUnderTest({ taking: () => undefined });
    const email = await addEmail({
      people: false,
      mailboxes: Array.from({ length: 20 }, (_, at) => `m${at}@example.com`),
    });
    const { server, channel } = await addSlack(text(200, 'text/plain', 'ok'));
    for (let count = 0; count < 3; count += 1) await openApproval();
    await until(mailSender(hanging), () => areSettled(channel, 3));
    expect(server.seen).toHaveLength(3);
    expect(hanging.received.length).toBeLessThanOrEqual(2);
    expect((await deliveriesOf(email)).every(({ state }) => state === 'pending')).toBe(true);
  });

  it('go to Slack as text without markup, by an address that no log holds', async () => {
    const { server, channel } = await addSlack(text(200, 'text/plain', 'ok'));
    const request = await openApproval();
    await until(newSender(), () => areSettled(channel, 1));
    expect(server.seen).toHaveLength(1);
    const body = JSON.parse(server.seen[0]?.body ?? '') as { text: string };
    expect(body).toMatchObject({ mrkdwn: false, link_names: false, unfurl_links: false, unfurl_media: false });
    expect(body.text).toContain(`\n${PUBLIC_URL}/approvals/${request.id}`);
    expect(body.text).not.toContain('<');
    const { rows } = await opened.pool.query(
      `select (select json_agg(d) from notification_delivery d) as log, (select json_agg(e) from audit_event e) as audit,
        (select json_agg(c) from notification_channel c) as channels`,
    );
    expect(JSON.stringify(rows)).not.toContain('hidden');
  });

  it.each<[string, Reaction, { state: string; attempts: number; lastError: string }]>([
    [
      'asks for patience',
      text(429, 'text/plain', 'slow down'),
      { state: 'dead', attempts: 3, lastError: 'It answered 429.' },
    ],
    [
      'has no such channel any more',
      text(410, 'text/plain', 'gone'),
      { state: 'dead', attempts: 1, lastError: 'It answered 410.' },
    ],
    [
      'sends it elsewhere',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
      { state: 'dead', attempts: 3, lastError: 'It answered 302.' },
    ],
    [
      'breaks off',
      (_request, response) => response.destroy(),
      { state: 'dead', attempts: 3, lastError: 'It could not be asked (ECONNRESET).' },
    ],
  ])('are tried again where Slack %s', async (_what, react, expected) => {
    const { channel } = await addSlack(react);
    await channels.test(channel.id, 'ada');
    await until(newSender(), () => areSettled(channel, 1));
    expect(await deliveriesOf(channel)).toMatchObject([expected]);
  });

  it('reach nobody who has taken their address or their role away, and no stranger', async () => {
    const server = await mailServerUnderTest();
    const addresses = createNotificationAddresses(opened.db);
    const channel = await addEmail();
    await openApproval();
    while ((await sequence(opened.db, { holder: 'test', limit: 1000 })).isBehind);
    while (await createNotificationOutbox(opened.db).fanOut(500));
    await addresses.change('leo', null);
    await until(mailSender(server), () => areSettled(channel, 2));
    expect((await deliveriesOf(channel)).toSorted((a, b) => (a.recipient < b.recipient ? -1 : 1))).toMatchObject([
      { recipient: 'person:leo', state: 'dead', attempts: 1, lastError: 'Who it is for has set no address.' },
      { recipient: 'person:ruth', state: 'delivered', attempts: 1 },
    ]);
    await addresses.change('leo', 'leo@example.com');
    const { rows } = await opened.pool.query(`select details::text from audit_event where action = 'address.changed'`);
    expect(JSON.stringify(rows)).not.toContain('example.com');
  });

  it('reach who may sign for another, of the delegation and then of what waits', async () => {
    const server = await mailServerUnderTest();
    await addPerson(opened.db, { id: 'dan', project: PROJECT, roles: ['viewer'] });
    await createNotificationAddresses(opened.db).change('dan', 'dan@example.com');
    const channel = await addEmail();
    // Who signs for whom is written by the api alone.
    const api = createDatabase(opened.apiUrl);
    onTestFinished(() => api.close());
    const delegations = createDelegations(api.db);
    const given = await delegations.recordDelegation({
      project: PROJECT,
      delegator: 'leo',
      delegate: 'dan',
      role: 'legal',
      reason: 'words of somebody',
      from: new Date().toISOString(),
      until: new Date(Date.now() + 86_400_000).toISOString(),
      envelope: { payloadType: 'test', payload: '', signatures: [] },
    });
    await openApproval();
    await until(mailSender(server), () => areSettled(channel, 4));
    const ofDan = server.received.filter(({ to }) => to.includes('dan@example.com'));
    expect(ofDan).toHaveLength(2);
    expect(ofDan.map(({ raw }) => raw).join()).toContain('somebody may sign for another');
    expect(ofDan.map(({ raw }) => raw).join()).not.toContain('words of');
    await delegations.revoke(given.id, 'leo');
  });

  it('tell once of a batch of questions, those who may answer it', async () => {
    const server = await mailServerUnderTest();
    const channel = await addEmail({ mailboxes: ['team@example.com'] });
    const asked = { kind: 'label' as const, title: 'Spam or ham?', subject: 'mail-1', form: { question: 'Spam?' } };
    const candidates = { roles: ['risk'], people: [], excluded: [] };
    const whose = { project: PROJECT, runId: null, batch: 'batch-1', answersNeeded: 1, dueAt: null, openedBy: 'ada' };
    for (let count = 0; count < 3; count += 1)
      await opened.db.transaction((tx) => insertTask(tx, { ...asked, ...whose, candidates }));
    await until(mailSender(server), () => areSettled(channel, 2));
    expect(server.received.flatMap(({ to }) => to).toSorted()).toEqual(['ruth@example.com', 'team@example.com']);
    expect(server.received[0]?.raw).toContain(`\r\n${PUBLIC_URL}/\r\n`);
    expect(server.received[0]?.raw).not.toContain('Spam or ham');
  });

  it('go to people by one channel of a project, and to a mailbox or somebody at least', async () => {
    await addEmail();
    await expect(addEmail()).rejects.toMatchObject({ code: 'CONFLICT' });
    await addEmail({ people: false, mailboxes: ['team@example.com'] });
    await expect(addEmail({ people: false })).rejects.toThrow();
    const bad = `insert into notification_address (principal, email) values ('ada', E'a@example.com\\r\\nBcc: b@example.com')
      on conflict (principal) do update set email = excluded.email`;
    await expect(opened.pool.query(bad)).rejects.toThrow('notification_address_email_check');
  });
});

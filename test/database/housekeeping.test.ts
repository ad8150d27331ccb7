import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordEvent } from '../../db/audit/record-event.js';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { NewTask } from '../../db/stores/open-task.js';
import { createTasks } from '../../db/stores/tasks.js';
import type { CheckpointCopies, CheckpointCopy } from '../../domain/ports/checkpoint-copies.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { createSendMail } from '../../providers/mail/send-mail.js';
import { createSecrets } from '../../providers/secrets/secrets.js';
import { createWebhookPost } from '../../providers/webhooks/post-webhook.js';
import { startHousekeeping } from '../../workers/housekeeping/housekeeping.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { PROJECT, seedProject, seedRun } from '../support/seeded-project.js';

const secrets = createSecrets({ sources: {} });
const logKey = generateKeyPairSync('ed25519').privateKey;

/** A messenger that notes which runs it was told to start, and fails as the test says. */
function notingMessenger(fail: (runId: string) => Error | undefined = () => undefined) {
  const started: string[] = [];
  const nothing = async (): Promise<void> => undefined;
  const messenger: Messenger = {
    async startRun({ runId }) {
      const error = fail(runId);
      if (error !== undefined) throw error;
      started.push(runId);
    },
    importBase: nothing,
    signOff: nothing,
    command: nothing,
    trigger: nothing,
    runEnded: nothing,
    changeSchedule: nothing,
  };
  return { messenger, started };
}

describe('the housekeeping', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let running: { stop(): Promise<void> }[];
  let said: string[];

  beforeEach(async () => {
    database = await createTestDatabase();
    opened = createDatabase(database.appUrl, { maxConnections: 8 });
    running = [];
    said = [];
    await seedProject(opened.db);
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await opened.close();
    await database.drop();
  });

  function start(messenger: Messenger, copies: CheckpointCopies[] = []): { stop(): Promise<void> } {
    const started = startHousekeeping({
      db: opened.db,
      databaseUrl: database.appUrl,
      holder: randomUUID(),
      origin: 'assay/test',
      logKey,
      copies,
      messenger,
      transports: {
        post: createWebhookPost({ allowLocal: false }),
        sendMail: createSendMail({ server: undefined, secrets }),
        secrets,
        publicUrl: undefined,
      },
      onError: (error) => said.push(error instanceof Error ? error.message : String(error)),
    });
    running.push(started);
    return started;
  }

  const countOf = async (statement: ReturnType<typeof sql>): Promise<number> =>
    (await opened.db.execute<{ n: number }>(statement)).rows[0]!.n;

  it('makes the partitions of today and of the week ahead', async () => {
    start(notingMessenger().messenger);
    const partitions = sql`select count(*)::int as n from pg_inherits
      where inhparent = 'served_request'::regclass and inhrelid <> 'served_request_rest'::regclass`;
    await expect.poll(() => countOf(partitions)).toBe(8);
    expect(said).toEqual([]);
  });

  it('ends tasks whose time has come, whoever of several workers leads', async () => {
    const tasks = createTasks(opened.db);
    const task: Omit<NewTask, 'dueAt'> = {
      project: PROJECT,
      kind: 'triage',
      title: 'Which team?',
      subject: 'alarm-1',
      openedBy: 'ada',
      form: { question: 'Which team looks at it?' },
      candidates: { roles: ['risk'], people: [] },
      answersNeeded: 1,
      runId: null,
      batch: null,
    };
    const soon = await tasks.open({ ...task, dueAt: new Date(Date.now() + 300).toISOString() });
    const later = await tasks.open({ ...task, dueAt: null });
    start(notingMessenger().messenger);
    start(notingMessenger().messenger);
    const stateOf = async (id: string) => (await tasks.load(id)).task.state;
    await expect.poll(() => stateOf(soon.id), { timeout: 10_000 }).toBe('expired');
    const closed = sql`select count(*)::int as n from audit_event where event_key = ${`task.closed/${soon.id}`}`;
    expect(await countOf(closed)).toBe(1);
    expect(await stateOf(later.id)).toBe('open');
    expect(said).toEqual([]);
  });

  it('delivers in order what was written before and after it started, each once', async () => {
    const before = [await seedRun(opened.db), await seedRun(opened.db)];
    const { messenger, started } = notingMessenger();
    start(messenger);
    await expect.poll(() => started).toEqual(before);
    const after = await seedRun(opened.db);
    await expect.poll(() => started).toEqual([...before, after]);
  });

  it('tells several workflows at once, and each in the order of its events', async () => {
    const [slow, quick] = [await seedRun(opened.db), await seedRun(opened.db)];
    const { recordCommand } = createRunRequests(opened.db);
    await recordCommand({ runId: slow, kind: 'pause', principal: 'ada' });
    const heard: string[] = [];
    let hearsQuick = (): void => undefined;
    const quickIsHeard = new Promise<void>((resolve) => (hearsQuick = resolve));
    const { messenger } = notingMessenger();
    start({
      ...messenger,
      async startRun({ runId }) {
        if (runId === slow) await quickIsHeard;
        heard.push(runId);
        if (runId === quick) hearsQuick();
      },
      async command({ runId }) {
        heard.push(`command of ${runId}`);
      },
    });
    await expect.poll(() => heard).toEqual([quick, slow, `command of ${slow}`]);
  });

  it('passes by what can never be delivered, and says so', async () => {
    const [poisoned, other] = [await seedRun(opened.db), await seedRun(opened.db)];
    const refusal = new LifecycleError('INVALID_INPUT', 'the server refuses this message');
    const { messenger, started } = notingMessenger((runId) => (runId === poisoned ? refusal : undefined));
    start(messenger);
    await expect.poll(() => started).toEqual([other]);
    expect(said).toEqual(['the server refuses this message']);
  });

  it('keeps what cannot be delivered now for later, in its order, and chains and signs meanwhile', async () => {
    let isAway = true;
    const away = providerError('Temporal is away', { retryable: true });
    const { messenger, started } = notingMessenger(() => (isAway ? away : undefined));
    const runs = [await seedRun(opened.db), await seedRun(opened.db)];
    start(messenger);
    await expect.poll(() => said.length).toBeGreaterThan(0);
    const late = await seedRun(opened.db);
    const events = await countOf(sql`select count(*)::int as n from audit_event`);
    const signed = sql`select coalesce(max(size), 0)::int as n from audit_checkpoint`;
    await expect.poll(() => countOf(signed)).toBe(events);
    expect(started).toEqual([]);
    isAway = false;
    await expect.poll(() => started).toEqual([...runs, late]);
  });

  it('is taken over within seconds when its leader is gone, and what was chained then is signed', async () => {
    const first = notingMessenger();
    const leader = start(first.messenger);
    const run = await seedRun(opened.db);
    await expect.poll(() => first.started).toEqual([run]);
    const second = notingMessenger();
    start(second.messenger);
    await leader.stop();
    const next = await seedRun(opened.db);
    await expect.poll(() => second.started).toEqual([next]);
    expect(first.started).toEqual([run]);
  });

  it('signs a decision at once, not when the next checkpoint is due', async () => {
    start(notingMessenger().messenger);
    const heads = async () =>
      (
        await opened.db.execute<{ size: number }>(sql`select size::int as "size" from audit_checkpoint order by size`)
      ).rows.map(({ size }) => size);
    const events = sql`select count(*)::int as n from audit_event`;
    await seedRun(opened.db);
    await expect.poll(async () => (await heads()).at(-1)).toBe(await countOf(events));
    for (let n = 0; n < 8; n += 1) {
      // The ordinary event starts the quarter of a second between checkpoints; the decision comes inside it.
      await seedRun(opened.db);
      await opened.db.transaction((tx) =>
        recordEvent(tx, { project: null, actor: 'ada', action: 'decision.recorded', subject: `decision-${n}` }),
      );
      const size = await countOf(events);
      await expect.poll(async () => (await heads()).at(-1), { interval: 2 }).toBe(size);
    }
    const apart = await opened.db.execute<{ milliseconds: number }>(sql`
      select extract(epoch from at - lag(at) over (order by size))::float8 * 1000 as "milliseconds" from audit_checkpoint`);
    const early = apart.rows.filter(({ milliseconds }) => milliseconds !== null && milliseconds < 240);
    expect(early.length).toBeGreaterThan(0);
  });

  it('copies every checkpoint in its order to each place, also those of an outage, and none to one that fails', async () => {
    const sound = notingCopies('sound');
    const ill = notingCopies('ill');
    ill.failWith(providerError('the place is away', { retryable: true }));
    start(notingMessenger().messenger, [sound.copies, ill.copies]);
    const signed = async () =>
      (
        await opened.db.execute<{ size: number }>(sql`select size::int as "size" from audit_checkpoint order by size`)
      ).rows.map(({ size }) => size);
    for (let n = 0; n < 3; n += 1) {
      await seedRun(opened.db);
      await expect.poll(() => sound.kept.length, { timeout: 5_000 }).toBeGreaterThan(n);
    }
    const events = await countOf(sql`select count(*)::int as n from audit_event`);
    await expect.poll(async () => sound.kept.at(-1)?.size, { timeout: 5_000 }).toBe(events);
    expect(sound.kept.map(({ size }) => size)).toEqual(await signed());
    expect(ill.kept).toEqual([]);
    expect(said).toContain('the place is away');
    ill.failWith(undefined);
    await expect.poll(() => ill.kept, { timeout: 10_000 }).toEqual(sound.kept);
  });
});

/** A place that keeps what it is given, in its order, and fails as the test says. */
function notingCopies(name: string) {
  const kept: CheckpointCopy[] = [];
  let failure: Error | undefined;
  const copies: CheckpointCopies = {
    name,
    async put(copy) {
      if (failure !== undefined) throw failure;
      kept.push(copy);
    },
  };
  return { copies, kept, failWith: (error: Error | undefined) => (failure = error) };
}

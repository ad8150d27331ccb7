import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { asc } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventLeafHash } from '../../domain/audit/event-content.js';
import { merkleRoot } from '../../domain/evidence/merkle.js';
import { canonicalJson } from '../../domain/evidence/canonical.js';
import { createCheckpointer } from '../../db/audit/checkpoint.js';
import { claimLease } from '../../db/audit/lease.js';
import { listenForEvents } from '../../db/audit/listen.js';
import { advance, readChained, readOutbox } from '../../db/audit/outbox.js';
import { recordEvent } from '../../db/audit/record-event.js';
import { sequence } from '../../db/audit/sequencer.js';
import { verifierKey } from '../../domain/audit/signed-note.js';
import { createDatabase, type Database, type OpenDatabase, type Transaction } from '../../db/pool.js';
import { auditEvent, auditLeaf } from '../../db/schema/audit.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const holder = 'test';
const say = (tx: Transaction, subject: string) =>
  recordEvent(tx, { project: null, actor: 'test', action: 'run.began', subject });

/** Sequences until everything is chained: another test file's open transaction may hold the horizon for a moment. */
async function chainAll(db: Database, expected: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await sequence(db, { holder, limit: 7 });
    if ((await db.$count(auditLeaf)) >= expected) return;
    await pause(20);
  }
}

describe('the audit log', () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  let db: Database;

  beforeEach(async () => {
    database = await createTestDatabase();
    opened = createDatabase(database.appUrl, { maxConnections: 12 });
    ({ db } = opened);
  });
  afterEach(async () => {
    await opened.close();
    await database.drop();
  });

  it('writes one row for a repeated event', async () => {
    const isNew = [await db.transaction((tx) => say(tx, 'run-1')), await db.transaction((tx) => say(tx, 'run-1'))];
    expect(isNew).toEqual([true, false]);
    expect(await db.$count(auditEvent)).toBe(1);
  });

  it('keeps nothing of a change that is rolled back', async () => {
    const change = db.transaction(async (tx) => {
      await say(tx, 'run-1');
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');
    expect(await db.$count(auditEvent)).toBe(0);
  });

  it('chains a writer that took a lower id and commits later after the others, and loses nothing', async () => {
    const late = await opened.pool.connect();
    await late.query('begin');
    await late.query(
      `insert into audit_event (actor, action, subject, event_key) values ('a', 'run.began', 'late', 'late')`,
    );
    await db.transaction((tx) => say(tx, 'early'));
    expect(await sequence(db, { holder })).toMatchObject({ chained: 0, isBehind: true });
    expect(await db.$count(auditLeaf)).toBe(0);
    await late.query('commit');
    late.release();
    await chainAll(db, 2);
    const chained = await readChained(db, -1, 10);
    expect(chained.map((event) => event.subject).sort()).toEqual(['early', 'late']);
  });

  it('chains a lower id after a higher one when its transaction began later', async () => {
    const client = await opened.pool.connect();
    // The id is taken from the sequence before the transaction that uses it begins.
    const { rows } = await client.query<{ id: string }>(`select nextval('audit_event_id_seq') as id`);
    await db.transaction((tx) => say(tx, 'higher id'));
    await chainAll(db, 1);
    await client.query(
      `insert into audit_event (id, actor, action, subject, event_key) overriding system value
       values ($1, 'a', 'run.began', 'lower id', 'lower id')`,
      [rows[0]?.id],
    );
    client.release();
    await chainAll(db, 2);
    expect((await readChained(db, -1, 10)).map((event) => event.subject)).toEqual(['higher id', 'lower id']);
  });

  it('goes on after a restore into a server that counts transactions from lower down', async () => {
    await db.transaction((tx) => say(tx, 'before'));
    await chainAll(db, 1);
    await restoreFromTheFuture('chained', 'unchained');
    // As the restored log stood: its last leaf is of a transaction that this server has not reached.
    await opened.pool.query(
      `insert into audit_leaf select 1, id, sha256('x') from audit_event where subject = 'chained'`,
    );
    for (const subject of ['after 1', 'after 2', 'after 3']) await db.transaction((tx) => say(tx, subject));
    // A batch that ends before what was restored: it is not passed by.
    expect(await sequence(db, { holder: 'test', limit: 2 })).toMatchObject({ chained: 2 });
    await chainAll(db, 6);
    await db.transaction((tx) => say(tx, 'long after'));
    await chainAll(db, 7);
    const subjects = (await readChained(db, -1, 10)).map((event) => event.subject);
    expect(subjects).toEqual(['before', 'chained', 'after 1', 'after 2', 'after 3', 'unchained', 'long after']);
  });

  it('believes no writer who dates an event into another transaction or another time', async () => {
    await opened.pool.query(
      `insert into audit_event (xid, at, actor, action, subject, event_key)
       values ('1', '2000-01-01', 'a', 'run.began', 'hidden', 'hidden')`,
    );
    await chainAll(db, 1);
    const [event] = await readChained(db, -1, 10);
    expect(event).toMatchObject({ subject: 'hidden' });
    expect(Date.parse(event?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  /** Events as a restore brings them, without the stamp of this server. */
  async function restoreFromTheFuture(...subjects: string[]): Promise<void> {
    const { pool, close } = createDatabase(database.ownerUrl);
    await pool.query('alter table audit_event disable trigger audit_event_is_stamped');
    for (const subject of subjects)
      await pool.query(
        `insert into audit_event (xid, actor, action, subject, event_key)
         values ((pg_current_xact_id()::text::bigint + 1000000)::text::xid8, 'a', 'run.began', $1, $1)`,
        [subject],
      );
    await pool.query('alter table audit_event enable trigger audit_event_is_stamped');
    await close();
  }

  it('property P4: gives eight writers gapless leaves in a single chain, each event one', async () => {
    const writing = new AbortController();
    const chaining = (async () => {
      while (!writing.signal.aborted) {
        await sequence(db, { holder, limit: 50 });
        await pause(5);
      }
    })();
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n += 1) await db.transaction((tx) => say(tx, `run-${writer}-${n}`));
      }),
    );
    writing.abort();
    await chaining;
    await chainAll(db, 200);
    const leaves = await db.select().from(auditLeaf).orderBy(asc(auditLeaf.leafIndex));
    expect(leaves.map((leaf) => leaf.leafIndex)).toEqual(Array.from({ length: 200 }, (_, index) => index));
    expect(new Set(leaves.map((leaf) => leaf.eventId)).size).toBe(200);
    const chained = await readChained(db, -1, 200);
    expect(chained.map((event) => eventLeafHash(event))).toEqual(leaves.map(({ leafHash }) => leafHash));
  });

  it.each([[['first', 'second']], [['second', 'first']]] as const)(
    'lets two open transactions that each wrote an event commit in the order %s, neither waiting for the other',
    async (order) => {
      const clients = { first: await opened.pool.connect(), second: await opened.pool.connect() };
      for (const [name, client] of Object.entries(clients)) {
        await client.query("begin; set local lock_timeout = '200ms'");
        await client.query(
          `insert into audit_event (actor, action, subject, event_key) values ('a', 'run.began', $1, $1)`,
          [name],
        );
      }
      await sequence(db, { holder });
      for (const name of order) {
        await clients[name].query('commit');
        clients[name].release();
      }
      await chainAll(db, 2);
      expect((await readChained(db, -1, 10)).map(({ subject }) => subject)).toEqual(['first', 'second']);
    },
  );

  it('is chained by one process at a time, and taken over when its lease ends', async () => {
    await db.transaction((tx) => say(tx, 'run-1'));
    const lease = { name: 'audit-sequencer', milliseconds: 300 };
    expect(await claimLease(db, { ...lease, holder: 'first' })).toBe(1);
    expect(await claimLease(db, { ...lease, holder: 'first' })).toBe(1);
    expect(await claimLease(db, { ...lease, holder: 'second' })).toBeUndefined();
    expect(await sequence(db, { holder: 'second' })).toMatchObject({ chained: 0 });
    await pause(350);
    expect(await claimLease(db, { ...lease, holder: 'second' })).toBe(2);
    expect(await claimLease(db, { ...lease, holder: 'first' })).toBeUndefined();
  });

  it('signs checkpoints whose root is that of all events, growing and from the start', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const origin = 'assay.example.com/log';
    const checkpoint = createCheckpointer(db, { origin, privateKey });
    await expect(checkpoint()).resolves.toBeUndefined();
    for (const size of [3, 8, 13]) {
      for (let n = await db.$count(auditEvent); n < size; n += 1) await db.transaction((tx) => say(tx, `run-${n}`));
      await chainAll(db, size);
      const signed = await checkpoint();
      const contents = (await readChained(db, -1, 100)).map(({ leafIndex: _leafIndex, ...event }) => event);
      const root = merkleRoot(contents.map((event) => Buffer.from(canonicalJson(event))));
      expect(signed?.size).toBe(size);
      expect(`sha256:${signed?.root.toString('hex')}`).toBe(root);
      const fresh = await createCheckpointer(db, { origin, privateKey })();
      expect(fresh?.root.equals(signed?.root ?? Buffer.alloc(0))).toBe(true);
      const [text = '', signature = ''] = signed?.note.split('\n\n') ?? [];
      expect(text).toBe(`${origin}\n${size}\n${signed?.root.toString('base64')}`);
      const [dash, name, encoded = ''] = signature.trimEnd().split(' ');
      const raw = Buffer.from(encoded, 'base64');
      expect([dash, name]).toEqual(['\u2014', origin]);
      expect(verifierKey(origin, privateKey).split('+')[1]).toBe(raw.subarray(0, 4).toString('hex'));
      expect(verify(null, Buffer.from(`${text}\n`), createPublicKey(privateKey), raw.subarray(4))).toBe(true);
    }
    await expect(checkpoint()).resolves.toBeUndefined();
  });

  it('hands a consumer every event once it has moved on, in the order of the leaves, and never goes back', async () => {
    for (let n = 0; n < 5; n += 1) await db.transaction((tx) => say(tx, `run-${n}`));
    await chainAll(db, 5);
    const subjects = async () => (await readOutbox(db, 'temporal', 2)).map((event) => event.subject);
    expect(await subjects()).toEqual(['run-0', 'run-1']);
    expect(await subjects()).toEqual(['run-0', 'run-1']);
    await advance(db, 'temporal', 1);
    expect(await subjects()).toEqual(['run-2', 'run-3']);
    await advance(db, 'temporal', 0);
    expect(await subjects()).toEqual(['run-2', 'run-3']);
    expect(await readOutbox(db, 'other', 10)).toHaveLength(5);
  });

  it('tells listeners of new events, also after their connection broke', async () => {
    let heard = 0;
    const hears = (atLeast: number) => expect.poll(() => heard).toBeGreaterThanOrEqual(atLeast);
    const listener = listenForEvents(database.appUrl, () => (heard += 1));
    await hears(1);
    await db.transaction((tx) => say(tx, 'run-1'));
    await hears(2);
    await opened.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'assay-listen' and datname = current_database()`,
    );
    await hears(3);
    await db.transaction((tx) => say(tx, 'run-2'));
    await hears(4);
    await listener.close();
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordEvent } from '../../db/audit/record-event.js';
import { createApi } from '../../server/api/create-api.js';
import { createEventHub, type EventHub } from '../../server/api/events/event-hub.js';
import { createLogger } from '../../server/process/logger.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { INSTANCE } from '../support/approval-files.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { chainAll } from '../support/chained-log.js';
import { PROJECT } from '../support/seeded-project.js';

describe('events as they happen', () => {
  let api: ApiUnderTest;
  let events: EventHub;
  let listening: Listening;
  beforeAll(async () => {
    api = await openApi();
    const { db } = api.opened;
    await chainAll(db);
    const log = createLogger('test', 'silent');
    events = createEventHub({ url: api.database.apiUrl, db, log });
    await vi.waitFor(() => expect(events.last()).toBeGreaterThan(0), 15_000);
    const app = createApi({
      stores: api.stores,
      decisionKey: signingKeys.privateKey,
      publicKey: signingKeys.publicKey,
      instance: INSTANCE,
      allowDemoIdentities: false,
      events,
      isReady: () => Promise.resolve(true),
      log,
    });
    listening = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await events.close();
    await listening.close();
    await api.close();
  });

  async function happens(subject: string, project = PROJECT): Promise<void> {
    const { db } = api.opened;
    const event = { project, actor: 'ada', action: 'run.requested', subject, key: `test/${subject}` } as const;
    await db.transaction((tx) => recordEvent(tx, event));
    await chainAll(db);
  }

  /** What a stream has told so far. */
  async function follow(token: string, headers: Record<string, string> = {}) {
    const ending = new AbortController();
    const response = await fetch(`${listening.url}/v1/events`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      signal: ending.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      told: () => text,
      async stop() {
        ending.abort();
        await reading;
      },
    };
  }

  it('tells of a project what happens in it, and nothing of its content', async () => {
    const own = await follow(api.tokens.ruth);
    const strange = await follow(api.tokens.stranger);
    expect(own.type).toContain('text/event-stream');
    await happens('run-told');
    await expect.poll(own.told).toContain('"subject":"run-told"');
    const data = /data: (\{.*run-told.*\})/.exec(own.told())?.[1] ?? '{}';
    expect(Object.keys(JSON.parse(data) as object).toSorted()).toEqual(['action', 'leafIndex', 'subject']);
    expect(strange.told()).not.toContain('run-told');
    await Promise.all([own.stop(), strange.stop()]);
  });

  it('goes on from the last event that was heard, each told once', async () => {
    const first = await follow(api.tokens.ruth);
    await happens('run-heard');
    await expect.poll(first.told).toContain('run-heard');
    const id = /id: (\d+)\n?[^]*run-heard|run-heard[^]*?id: (\d+)/.exec(first.told());
    await first.stop();
    await happens('run-missed');
    const again = await follow(api.tokens.ruth, { 'last-event-id': id?.[1] ?? id?.[2] ?? '' });
    await expect.poll(again.told).toContain('run-missed');
    expect(again.told().split('run-missed')).toHaveLength(2);
    expect(again.told()).not.toContain('run-heard');
    await again.stop();
  });

  it('gives one person eight streams, and another their own', async () => {
    const streams = await Promise.all(Array.from({ length: 8 }, () => follow(api.tokens.leo)));
    const ninth = await follow(api.tokens.leo);
    expect(ninth.status).toBe(429);
    const other = await follow(api.tokens.ruth);
    expect(other.status).toBe(200);
    await Promise.all([...streams, ninth, other].map((stream) => stream.stop()));
    await expect
      .poll(async () => {
        const stream = await follow(api.tokens.leo);
        await stream.stop();
        return stream.status;
      })
      .toBe(200);
  });

  it('asks who it is for', async () => {
    expect((await fetch(`${listening.url}/v1/events`)).status).toBe(401);
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChained } from '../../db/audit/outbox.js';
import { eventLeafHash } from '../../domain/audit/event-content.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { INSTANCE } from '../support/approval-files.js';
import { signAll } from '../support/chained-log.js';
import { asOwner } from '../support/postgres.js';
import { addVersion, point, release } from '../support/released-version.js';
import { seedRequest, seedRun } from '../support/seeded-project.js';
import { signRequest } from '../support/sign-request.js';

const NAMES = ['Augusta Canary-King', 'Ruth Canary-Okafor', 'Leopold Canary-Brandt'];
const ADDRESS = 'augusta.canary@example.com';
const WORDS = 'the canary sings in the reason';

/** Names, addresses and what people wrote stand beside the log, so that they can be erased without breaking it. */
describe('what the audit log holds of people', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
    await asOwner(api.opened.db, async (owner) => {
      for (const [at, id] of ['ada', 'ruth', 'leo'].entries())
        await owner.execute(sql`update principal set display_name = ${NAMES[at]} where id = ${id}`);
      await owner.execute(sql`insert into principal_email (email, principal) values (${ADDRESS}, 'ada')`);
    });
  });
  afterAll(() => api.close());

  it('is their ids and nothing else, whatever they do; erasing their names leaves it whole', async () => {
    const { db } = api.opened;
    const { ask, tokens } = api;
    const request = await seedRequest(db, await seedRun(db));
    await ask(tokens.ruth, 'POST', `/v1/approvals/${request.id}/decisions`, {
      subjectDigest: request.subjectDigest,
      role: 'risk',
      verdict: 'approve',
      reason: WORDS,
    });
    await signRequest(db, { requestId: request.id, instance: INSTANCE, privateKey: signingKeys.privateKey });
    const released = await addVersion(db);
    await release(db, released, signingKeys.privateKey);
    await point(db, [[released, 100]]);
    const feedback = { alias: 'email-triage', labels: [{ itemKey: WORDS, label: 'spam' }] };
    await ask(tokens.ada, 'POST', '/v1/feedback', feedback);
    await ask(tokens.ada, 'POST', '/v1/prompts/triage/versions', { text: `${WORDS} ${ADDRESS}` });
    await ask(tokens.stranger, 'POST', `/v1/approvals/${request.id}/decisions`, { reason: WORDS, by: ADDRESS });
    const { size } = await signAll(db);

    const log = await readChained(db, -1, 10_000);
    const text = JSON.stringify(log);
    expect(log).toHaveLength(size);
    const actions = new Set(log.map(({ action }) => action));
    expect([...actions]).toEqual(
      expect.arrayContaining([
        'decision.recorded',
        'approval.opened',
        'alias.moved',
        'feedback.recorded',
        'prompt.pushed',
      ]),
    );
    expect(text).toContain('"actor":"ruth"');
    for (const personal of [...NAMES, ADDRESS, WORDS, 'Canary', 'canary']) expect(text).not.toContain(personal);

    const before = log.map((event) => eventLeafHash(event).toString('hex'));
    await asOwner(db, async (owner) => {
      await owner.execute(sql`update principal set display_name = 'erased' where id in ('ada', 'ruth', 'leo')`);
      await owner.execute(sql`delete from principal_email`);
    });
    const after = (await readChained(db, -1, size)).map((event) => eventLeafHash(event).toString('hex'));
    expect(after).toEqual(before);
  });
});

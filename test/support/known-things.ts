import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/pool.js';
import { createDelegations } from '../../db/stores/delegations.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createChannels } from '../../db/stores/channels.js';
import { createImportRequests } from '../../db/stores/import-store.js';
import { createPrompts } from '../../db/stores/prompt-store.js';
import { createScheduleRequests } from '../../db/stores/schedule-requests.js';
import { createSessions } from '../../db/stores/sessions.js';
import { createTasks } from '../../db/stores/tasks.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signAll } from './chained-log.js';
import { baseCard, completeFacts } from './checklist-facts.js';
import { addVersion, point } from './released-version.js';
import { PROJECT } from './seeded-project.js';

/** For each collection of the api (or a path of its own) the id of one thing in it, all of the same project. */
export async function seedThings(db: Database): Promise<Record<string, string>> {
  const released = await addVersion(db, null, completeFacts().plan);
  await point(db, [[released, 100]]);
  const { version, request } = released;
  const channels = createChannels(db);
  const url = 'https://hooks.example.com/assay';
  const by = 'ada';
  const webhook = await channels.add({
    kind: 'webhook',
    project: PROJECT,
    url,
    events: ['run.finished'],
    secrets: ['${secret:hooks}'],
    by,
  });
  const delivery = await channels.test(webhook.id, by);
  const text = 'Answer "spam" or "ham" for the message.';
  await createPrompts(db).push({ project: PROJECT, name: 'email-triage', text, author: by });
  const timing = { cron: '0 3 * * *', timeZone: 'UTC', jitterMilliseconds: 0, catchUpMilliseconds: 60_000 };
  const { plan } = completeFacts();
  const planned = { plan, planDigest: digestOf(plan), overlap: 'skip' as const };
  await createScheduleRequests(db).create({
    project: PROJECT,
    schedule: 'nightly',
    principal: by,
    ...timing,
    ...planned,
  });
  const imported = await createImportRequests(db).request({
    project: PROJECT,
    name: 'small-chat',
    source: { kind: 'endpoint', provider: 'hosted', model: 'small-chat' },
    card: baseCard,
    requestedBy: by,
  });
  await signAll(db);
  const sha256 = randomBytes(32).toString('hex');
  const expiresAt = new Date(Date.now() + 3_600_000);
  const token = { principal: by, sha256, label: 'known', expiresAt };
  const { tokenId } = await createAccounts(db).createToken(token, by);
  const { sessionId } = await createSessions(db).create({ principal: by, sha256, method: 'local' });
  await createTasks(db).open({
    project: PROJECT,
    kind: 'label',
    title: 'Is it spam?',
    subject: 'request-1',
    form: { question: 'Spam or ham?' },
    candidates: { roles: ['author'], people: [] },
    answersNeeded: 1,
    openedBy: by,
    runId: null,
    batch: 'week-12',
    dueAt: null,
  });
  const delegation = await createDelegations(db).recordDelegation({
    project: PROJECT,
    delegator: 'leo',
    delegate: 'ruth',
    role: 'legal',
    reason: 'On leave for a while.',
    from: new Date().toISOString(),
    until: new Date(Date.now() + 86_400_000).toISOString(),
    envelope: { payloadType: 'test', payload: '', signatures: [] },
  });
  return {
    sessions: sessionId,
    delegations: delegation.id,
    tokens: tokenId,
    principals: by,
    imports: imported.id,
    schedules: 'nightly',
    prompts: 'email-triage',
    webhooks: webhook.id,
    channels: webhook.id,
    deliveries: delivery.id,
    runs: version.runId,
    approvals: request.id,
    tasks: `approve-${request.id}`,
    models: version.id,
    '/v1/models/:name': version.name,
    aliases: version.name,
    evidence: version.evidence,
  };
}

/** What a GET of these must be asked with. */
export const QUERIES: Readonly<Record<string, string>> = {
  showTaskAgreement: 'batch=week-12',
  listScheduleTimes: 'from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z',
  proveInclusion: 'leaf=0',
  proveConsistency: 'from=1',
};

/** The path of a route with ids of known things in it. @throws where a collection is not known yet: add one above. */
export function pathTo(path: string, things: Record<string, string>): string {
  const segments = path.split('/');
  return segments
    .map((segment, at) => {
      if (!segment.startsWith(':')) return segment;
      const id = things[path] ?? things[segments[at - 1] ?? ''];
      if (id === undefined) throw new Error(`test/support/known-things.ts knows no thing for ${path}: add one.`);
      return encodeURIComponent(id);
    })
    .join('/');
}

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import { createDatabase, type OpenDatabase } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createApiStores } from '../../server/api/stores.js';
import { INSTANCE } from '../support/approval-files.js';
import { openApi, signingKeys, type ApiUnderTest, type Ask } from '../support/api-under-test.js';
import { PEOPLE, policies, ROLES, SERVICE, SIGNERS } from '../support/approvals/arbitraries.js';
import { createLooker, openStored, rulesOf } from '../support/approvals/stored-story.js';
import { addPerson } from '../support/people.js';
import { PROJECT } from '../support/seeded-project.js';

const REASON = 'the evidence holds';
const RUNS = 20;

const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...ROLES);
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      who: fc.constantFrom(...SIGNERS),
      part: fc.nat(7),
      verdict: fc.oneof(
        { weight: 9, arbitrary: fc.constant('approve') },
        { weight: 1, arbitrary: fc.constantFrom('reject', 'request-changes', 'abstain') },
      ),
      times: fc.constantFrom(1, 1, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who: person, part: fc.nat(7) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('grant' as const, 'revoke' as const),
      who: fc.constantFrom(...SIGNERS),
      role,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lend' as const), from: person, to: person, role }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take back' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** What happens at the same moment, moment after moment. */
const moments = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 8 });
const parts = { requesters: ['ada'], trainers: ['leo'], dataAuthors: ['mia'], recipeAuthors: [] };

let api: ApiUnderTest;
let other: OpenDatabase;
let owner: OpenDatabase;
let asks: Ask[];
const tokens: Record<string, string> = {};
beforeAll(async () => {
  api = await openApi();
  other = createDatabase(api.database.apiUrl);
  owner = createDatabase(api.database.ownerUrl);
  asks = [api.ask, api.askWith({ stores: createApiStores(other.db) })];
  for (const id of SIGNERS)
    tokens[id] = await addPerson(api.opened.db, {
      id,
      project: PROJECT,
      roles: ['viewer', ...ROLES],
      kind: id === SERVICE ? 'service' : 'person',
    });
});
afterAll(async () => {
  await other.close();
  await owner.close();
  await api.close();
});

const count = async (text: string, ...values: unknown[]): Promise<number> =>
  (await api.opened.pool.query(text, values)).rowCount ?? 0;

let turn = 0;
const post = (who: string, path: string, body: object) => asks[(turn += 1) % 2]!(tokens[who], 'POST', path, body);

async function perform(request: ApprovalRequest, one: Act): Promise<number[]> {
  const asked = request.terms.policy.stages.flatMap(({ name, roles }) =>
    roles.map((each) => ({ stage: name, role: each.role })),
  );
  const accounts = createAccounts(owner.db);
  const say = (who: string, part: number, verdict: string) =>
    post(who, `/v1/approvals/${request.id}/decisions`, {
      ...asked[part % asked.length],
      verdict,
      reason: REASON,
      subjectDigest: request.subjectDigest,
    });
  switch (one.do) {
    case 'say': {
      const answers = await Promise.all(Array.from({ length: one.times }, () => say(one.who, one.part, one.verdict)));
      return answers.map(({ status }) => status);
    }
    case 'withdraw':
      return [(await say(one.who, one.part, 'withdraw')).status];
    case 'grant':
      await accounts.grantRole({ principal: one.who, project: PROJECT, role: one.role }, 'test');
      return [];
    case 'revoke':
      await accounts.revokeRole({ principal: one.who, project: PROJECT, role: one.role }, 'test');
      return [];
    case 'lend': {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const { from, to, role: lent } = one;
      return [(await post(from, '/v1/delegations', { to, role: lent, until, reason: 'On leave for a while.' })).status];
    }
    case 'take back': {
      const { rows } = await api.opened.pool.query<{ id: string; delegator: string }>(
        `select id, delegator from delegation where revoked_at is null order by recorded_at limit 1`,
      );
      return Promise.all(
        rows.map(async ({ id, delegator }) => (await post(delegator, `/v1/delegations/${id}/revoke`, {})).status),
      );
    }
    case 'look':
      // Two workers, of which one may be a message behind.
      await Promise.all([api.opened.db, other.db].map((db) => createLooker(db)(request.id)));
      return [];
  }
}

/** As it was before the story: everybody holds every role, and nobody signs for another. */
async function reset(): Promise<void> {
  const accounts = createAccounts(owner.db);
  for (const principal of SIGNERS)
    for (const each of ROLES) await accounts.grantRole({ principal, project: PROJECT, role: each }, 'test');
  const { rows } = await api.opened.pool.query<{ id: string; delegator: string }>(
    'select id, delegator from delegation where revoked_at is null',
  );
  for (const { id, delegator } of rows) await api.stores.delegations.revoke(id, delegator);
}

it('whatever people do at two apis at once, a request ends once, as the rules say, with an event for each change (P5, X23)', async () => {
  const ends: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(policies, moments, async (policy, happened) => {
      await reset();
      const request = await openStored(api.opened.db, policy, parts);
      const load = () => createApprovalStore(api.opened.db).load(request.id);
      for (const together of happened) {
        const statuses = (await Promise.all(together.map((one) => perform(request, one)))).flat();
        for (const status of statuses) expect([200, 201, 403, 404, 409, 422]).toContain(status);
        const file = await load();
        if (file.request.state !== 'open') continue;
        const { outcome, unverified } = judgeRequest(file, INSTANCE, signingKeys.publicKey);
        const { possible, certain } = await rulesOf(api.opened.pool, request, parts);
        expect(unverified).toEqual([]);
        if (outcome === 'approved') expect(possible).toBe(true);
        else expect(certain).toBe(false);
      }
      await perform(request, { do: 'look' });
      if ((await load()).request.state === 'open')
        await createApprovalStore(api.opened.db).close(request.id, 'expired', 'test');

      const { request: ended, decisions } = await load();
      ends[ended.state] = (ends[ended.state] ?? 0) + 1;
      const closings = await api.opened.pool.query<{ details: { state: string } }>(
        `select details from audit_event where action = 'approval.closed' and subject = $1`,
        [request.id],
      );
      expect(closings.rows.map(({ details }) => details.state)).toEqual([ended.state]);
      const recorded = await api.opened.pool.query<{ subject: string }>(
        `select subject from audit_event where action = 'decision.recorded' and details ->> 'requestId' = $1`,
        [request.id],
      );
      expect(recorded.rows.map(({ subject }) => subject).toSorted()).toEqual(decisions.map(({ id }) => id).toSorted());
      const firsts = decisions
        .filter(({ supersedes }) => supersedes === null)
        .map((one) => `${one.principal}/${one.role}`);
      expect(new Set(firsts).size).toBe(firsts.length);
      const followed = decisions.flatMap(({ supersedes }) => (supersedes === null ? [] : [supersedes]));
      expect(new Set(followed).size).toBe(followed.length);
      await perform(request, { do: 'say', who: 'ruth', part: 0, verdict: 'reject', times: 3 });
      expect((await load()).request.state).toBe(ended.state);
    }),
    { numRuns: RUNS },
  );
  const events = (action: string) => count('select 1 from audit_event where action = $1', action);
  expect(await events('delegation.recorded')).toBe(await count('select 1 from delegation'));
  expect(await events('delegation.revoked')).toBe(await count('select 1 from delegation where revoked_at is not null'));
  expect(await events('role.granted')).toBe(await count('select 1 from role_grant'));
  expect(await events('role.revoked')).toBe(await count('select 1 from role_grant where revoked_at is not null'));
  console.log(ends);
}, 120_000);

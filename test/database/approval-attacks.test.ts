import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { approvalLines } from '../../cli/approval-lines.js';
import { runProgram } from '../../cli/program.js';
import { approvalViewSchema } from '../../domain/api/approval.js';
import { problemSchema } from '../../domain/api/problem.js';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { listen, type Listening } from '../../server/process/listen.js';
import { ROUTES } from '../../server/api/routes/index.js';
import { INSTANCE } from '../support/approval-files.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { addPerson } from '../support/people.js';
import { PROJECT, seedRequest, seedRun } from '../support/seeded-project.js';
import { withDatabase } from '../support/test-servers.js';
import { recordedTerminal } from '../unit/cli/recorded-terminal.js';

const REASON = 'the evidence holds';

describe('who signs what they may not', () => {
  let api: ApiUnderTest;
  let listening: Listening;
  let folder: string;
  let both: string;
  beforeAll(async () => {
    api = await openApi();
    both = await addPerson(api.opened.db, { id: 'bea', project: PROJECT, roles: ['risk', 'legal'] });
    listening = await listen(api.fetch, { host: '127.0.0.1', port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'assay-attacks-'));
  });
  afterAll(async () => {
    await listening.close();
    await api.close();
    await rm(folder, { recursive: true });
  });

  const open = async () => seedRequest(api.opened.db, await seedRun(api.opened.db));
  const pathOf = ({ id }: ApprovalRequest) => `/v1/approvals/${id}/decisions`;
  const say = (request: ApprovalRequest, token: string, over: object = {}) =>
    api.ask(token, 'POST', pathOf(request), {
      verdict: 'approve',
      reason: REASON,
      subjectDigest: request.subjectDigest,
      ...over,
    });
  const rows = async (text: string, ...values: unknown[]) =>
    (await api.opened.pool.query<Record<string, unknown>>(text, values)).rows;
  const decisionsOn = ({ id }: ApprovalRequest) =>
    rows('select principal, role, reason, envelope from decision where request_id = $1', id);
  const attemptsOn = ({ id }: ApprovalRequest) =>
    rows(`select actor, details from audit_event where action = 'attempt.refused' and subject = $1`, id);

  async function assay(token: string, ...argv: string[]) {
    const terminal = recordedTerminal();
    const connection = ['--api-url', listening.url, '--token', token, '--home', folder];
    const exitCode = await runProgram([...argv, ...connection], {}, terminal);
    return { exitCode, said: [...terminal.stdout, ...terminal.stderr].join('\n') };
  }
  async function asSuperuser(...statements: [string, unknown[]?][]): Promise<void> {
    const database = new URL(api.database.appUrl).pathname.slice(1);
    const client = new Client({ connectionString: withDatabase(inject('postgres').superuserUrl, database) });
    await client.connect();
    try {
      for (const [text, values] of statements) await client.query(text, values);
    } finally {
      await client.end();
    }
  }

  it('attack 2: tells the launcher on the command line, too, and ends with exit code 5', async () => {
    const request = await open();
    const refused = await assay(api.tokens.ada, 'approve', request.id, '--reason', REASON, '--yes');
    expect(refused).toMatchObject({ exitCode: 5, said: expect.stringMatching(/four eyes/) });
    const machine = await assay(api.tokens.robot, 'approve', request.id, '--reason', REASON, '--yes');
    expect(machine).toMatchObject({ exitCode: 5, said: expect.stringMatching(/a service signs nothing/) });
    expect(await decisionsOn(request)).toEqual([]);
    expect((await attemptsOn(request)).map(({ actor }) => actor)).toEqual(['ada', 'robot']);
  });

  it('attack 3: refuses the second role of one person where the rule says distinct people', async () => {
    const request = await open();
    expect((await say(request, both)).status).toBe(422);
    expect((await say(request, both, { role: 'risk' })).status).toBe(201);
    const second = await say(request, both, { role: 'legal' });
    expect(second).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/already signed as risk/) } });
    expect(await decisionsOn(request)).toMatchObject([{ principal: 'bea', role: 'risk' }]);
    expect(await attemptsOn(request)).toMatchObject([{ actor: 'bea' }]);
  });

  it('attack 3: counts one of two roles that one person asks for in the same moment', async () => {
    const request = await open();
    const answers = await Promise.all(['risk', 'legal'].map((role) => say(request, both, { role })));
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    const file = await createApprovalStore(api.opened.db).load(request.id);
    expect(judgeRequest(file, INSTANCE, signingKeys.publicKey)).toMatchObject({
      outcome: 'pending',
      missing: [{ count: 1 }],
    });
  });

  it('attack 4: signs nothing on a request whose content somebody altered in the database', async () => {
    const request = await open();
    const terms = { ...request.terms, requester: 'nobody' };
    await asSuperuser(
      ['alter table approval_request disable trigger user'],
      ['update approval_request set terms = $2 where id = $1', [request.id, terms]],
      ['alter table approval_request enable trigger user'],
    );
    for (const token of [api.tokens.ruth, api.tokens.ada])
      expect(await say(request, token)).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/was altered in the database/) },
      });
    const waiver = {
      question: 'QD3',
      reason: REASON,
      purpose: 'demonstration',
      until: '2999-12-31',
      subjectDigest: request.subjectDigest,
    };
    const waived = await api.ask(api.tokens.leo, 'POST', `/v1/approvals/${request.id}/waivers`, waiver);
    expect(waived.status).toBe(409);
    expect(await decisionsOn(request)).toEqual([]);
    expect(await attemptsOn(request)).toHaveLength(3);
  });

  it('attack 5: takes no approval of one run for another, neither by the api nor as a copied row', async () => {
    const [first, second] = [await open(), await open()];
    expect((await say(first, api.tokens.ruth)).status).toBe(201);
    // Two runs may bind the same content: the statement names the request, and the row does.
    await asSuperuser(
      ['alter table decision disable trigger user'],
      [
        `insert into decision (request_id, subject_digest, principal, stage, role, verdict, reason, envelope)
         select $2, subject_digest, principal, stage, role, verdict, reason, envelope from decision where request_id = $1`,
        [first.id, second.id],
      ],
      ['alter table decision enable trigger user'],
    );
    const file = await createApprovalStore(api.opened.db).load(second.id);
    expect(file.decisions).toHaveLength(1);
    expect(judgeRequest(file, INSTANCE, signingKeys.publicKey)).toMatchObject({
      outcome: 'pending',
      unverified: [{ reason: 'what was signed is not this decision on this request' }],
    });
    expect((await say(second, api.tokens.ruth)).status).toBe(409);
  });

  it('attack 7: lets the first of ten times two contrary decisions stand', async () => {
    for (let time = 0; time < 10; time += 1) {
      const request = await open();
      const answers = await Promise.all(
        ['approve', 'reject'].map((verdict) => say(request, api.tokens.ruth, { verdict })),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(await decisionsOn(request)).toHaveLength(1);
    }
  });

  it('attack 9: decides nothing by GET or HEAD, whatever the address says, and for nobody it is not for', async () => {
    const request = await open();
    const state = () => rows('select count(*)::int as n, max(id) as last from audit_event');
    const before = await state();
    const query = `?verdict=approve&reason=${encodeURIComponent(REASON)}&subjectDigest=${request.subjectDigest}`;
    for (const method of ['GET', 'HEAD']) {
      const decide = await api.appWith({}).request(`${pathOf(request)}${query}`, {
        method,
        headers: { authorization: `Bearer ${api.tokens.ruth}` },
      });
      expect(decide.status).toBe(405);
      const shown = await api.appWith({}).request(`/v1/approvals/${request.id}`, {
        method,
        headers: { authorization: `Bearer ${api.tokens.ruth}` },
      });
      expect(shown.status).toBe(200);
    }
    expect((await api.ask(undefined, 'GET', `/v1/approvals/${request.id}`)).status).toBe(401);
    expect((await api.ask(api.tokens.stranger, 'GET', `/v1/approvals/${request.id}`)).status).toBe(404);
    const seen = await api.ask(api.tokens.ada, 'GET', `/v1/approvals/${request.id}`);
    expect(approvalViewSchema.parse(seen.body).viewer).toMatchObject({ maySignAs: [], whyNot: expect.any(String) });
    expect(await decisionsOn(request)).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('attack 11: lets no page frame any of its answers', async () => {
    const request = await open();
    const paths = [`/v1/approvals/${request.id}`, '/v1/whoami', '/v1/nothing', '/healthz', '/', '/approvals/x'];
    for (const path of paths)
      for (const token of [api.tokens.ruth, undefined]) {
        const { headers } = await api.ask(token, 'GET', path);
        expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
      }
  });

  describe('attack 12: a reason', () => {
    it.each([
      ['that is empty', ''],
      ['of spaces', ' '.repeat(40)],
      ['of nine characters', '123456789'],
      ['of nine characters and spaces', '  123456789  '],
      ['of a megabyte', 'x'.repeat(1024 * 1024)],
      ['that turns the order of letters', 'approved \u202e detcejer yllautca'],
      ['with a character without width', 'the evidence\u200b holds'],
      ['with an escape of a terminal', 'the evidence \u001b[2J holds'],
      ['with half a character', 'the evidence \ud800 holds'],
      ['that is no text', ['the evidence holds']],
    ])('%s is refused', async (_, reason) => {
      const request = await open();
      const refused = await say(request, api.tokens.ruth, { reason });
      expect(refused.status).toBe(422);
      const issues = problemSchema.parse(refused.body).issues ?? [];
      expect(new Set(issues.map(({ path }) => path))).toEqual(new Set(['reason']));
      expect(await decisionsOn(request)).toEqual([]);
    });

    it.each([
      '<script>alert(1)</script> is no reason',
      '=cmd() is no formula here',
      '+1 and -1 and @all as well',
      `'; drop table decision; --`,
      '![x](https://evil.test/?q=secret)',
    ])('%s is kept as it is, and is text wherever it is shown', async (reason) => {
      const request = await open();
      expect((await say(request, api.tokens.ruth, { reason })).status).toBe(201);
      expect(await decisionsOn(request)).toMatchObject([{ reason }]);
      const shown = await api.ask(api.tokens.leo, 'GET', `/v1/approvals/${request.id}`);
      expect(approvalViewSchema.parse(shown.body).decisions[0]?.reason).toBe(reason);
      expect(shown.headers.get('content-type')).toMatch(/^application\/json/);
      expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
      const lines = approvalLines(approvalViewSchema.parse(shown.body), [], Date.now());
      expect(lines.filter((line) => line.includes(reason))).toHaveLength(1);
    });
  });

  it('attack 12: no answer of the api is a table for a spreadsheet, in which a reason could be a formula', () => {
    const types = ROUTES.flatMap(({ answers }) => Object.values(answers).flatMap(({ alsoAs = [] }) => alsoAs));
    expect(types.filter((type) => !['application/x-ndjson', 'text/event-stream'].includes(type))).toEqual([]);
  });
});

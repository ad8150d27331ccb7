import { readFile, writeFile } from 'node:fs/promises';
import { Client as PostgresClient } from 'pg';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
import { withDatabase } from '../support/test-servers.js';
import { toyPlan } from '../support/toy-plan.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('altered', 300);
  await stack.startWorker();
});
afterAll(() => stack.stop());

const planFor = (alias: string) => toyPlan({ name: alias, deploy: { ...toyPlan().deploy, alias } });
const routeOf = (alias: string) => createRegistryStore(stack.db).route(PROJECT, alias);

/** Changes one byte in the middle of the weights that the request binds. */
async function alterWeights(runId: string): Promise<void> {
  const { weights } = (await stack.approvals.load(runId)).request.subject;
  if (!('digest' in weights)) throw new Error('the local provider hands its weights over');
  const path = stack.blobPath(weights.digest);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
}

async function attemptsOn(requestId: string): Promise<unknown[]> {
  const { rows } = await stack.db.execute<{ details: { named: string } }>(
    sql`select details from audit_event where action = 'attempt.refused' and subject = ${requestId} order by id`,
  );
  return rows.map(({ details }) => details);
}

/** Changes one byte of a row of evidence, as who administers the database can, past every trigger and constraint. */
async function alterEvidence(id: string): Promise<void> {
  const { superuserUrl } = inject('postgres');
  const database = new URL(stack.databaseUrl).pathname.slice(1);
  const superuser = new PostgresClient({ connectionString: withDatabase(superuserUrl, database) });
  await superuser.connect();
  try {
    await superuser.query('alter table evidence disable trigger user, drop constraint if exists evidence_id_is_digest');
    const changed = await superuser.query(
      `update evidence set content = replace(content, '"verdict":"pass"', '"verdict":"past"')
       where id = $1 and content like '%"verdict":"pass"%'`,
      [id],
    );
    expect(changed.rowCount).toBe(1);
    await superuser.query('alter table evidence enable trigger user');
  } finally {
    await superuser.end();
  }
}

describe('an approval', () => {
  it('attack 4: releases nothing when one byte of the weights was changed after people had signed', async () => {
    const run = await stack.requestRun(planFor('altered'));
    await stack.untilAsked(run);
    await stack.killWorker();
    await stack.sign(run);
    await alterWeights(run);
    await stack.startWorker();
    const { reason } = await stack.until(run, ({ status }) => status === 'refused');
    expect(reason).toMatch(/^the weights sha256:[0-9a-f]{64} are not what was approved$/);
    expect(await routeOf('altered')).toMatchObject({ revision: 0, routes: [], champion: null });
    expect(await attemptsOn(run)).toMatchObject([{ reason }]);
  });

  it('attack 1: does not count a signal or an update sent straight to Temporal, and keeps what was tried', async () => {
    const run = await stack.requestRun(planFor('forged'));
    await stack.untilAsked(run);
    const connection = await Connection.connect({ address: stack.temporal.address });
    const { workflow } = new Client({ connection, namespace: stack.temporal.namespace });
    const approval = workflow.getHandle(`approval/${run}`);
    // The row says so a moment before its workflow is there.
    await expect
      .poll(() =>
        approval.describe().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await approval.signal('signOff', { decisionId: 'decision-of-nobody' });
    await approval.signal('signOff');
    const forged = { who: 'ruth', verdict: 'approve' };
    for (const name of ['approve', 'signOff'])
      await expect(approval.executeUpdate(name, { args: [forged] })).rejects.toThrow();
    await expect
      .poll(() => attemptsOn(run), { timeout: 20_000 })
      .toMatchObject([
        { named: 'decision-of-nobody', reason: 'no such decision is on file' },
        { named: 'not an id: undefined', reason: 'no such decision is on file' },
        { named: 'update approve', reason: 'no such decision is on file' },
        { named: 'update signOff', reason: 'no such decision is on file' },
      ]);
    expect((await stack.approvals.load(run)).request.state).toBe('open');
    expect(await routeOf('forged')).toMatchObject({ revision: 0 });

    await stack.sign(run);
    const { versionId } = await stack.until(run, ({ status }) => status === 'succeeded');
    expect(await routeOf('forged')).toMatchObject({ champion: versionId });
    await connection.close();
  });

  // The last of them: what was altered is the evidence of every equal run.
  it('attack 4: is void when a superuser changed one byte of the evidence after people had signed', async () => {
    const run = await stack.requestRun(planFor('evidence'));
    await stack.untilAsked(run);
    await stack.killWorker();
    await stack.sign(run);
    const { gateVerdicts } = (await stack.approvals.load(run)).request.subject;
    await alterEvidence(gateVerdicts);
    await stack.startWorker();
    const { status, reason } = await stack.untilEnded(run);
    expect(status).toBe('failed');
    expect(reason).toContain(`evidence ${gateVerdicts} is not what its id was taken of: the row was altered`);
    const { request, decisions, closed } = await stack.approvals.load(run);
    expect(request.state).toBe('voided');
    expect(closed?.reason).toBe(`evidence ${gateVerdicts} is missing or was altered`);
    expect(decisions).toHaveLength(2);
    // Asking again would be asking about what nobody can stand for.
    const { rows } = await stack.db.execute(sql`select id from approval_request where run_id = ${run}`);
    expect(rows).toEqual([{ id: run }]);
    expect(await routeOf('evidence')).toMatchObject({ revision: 0, routes: [], champion: null });
  });
});

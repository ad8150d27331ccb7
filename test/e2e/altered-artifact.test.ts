import { readFile, writeFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { PROJECT } from '../support/seeded-project.js';
import { startStack, type Stack } from '../support/stack.js';
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

describe('an approval', () => {
  it('releases nothing when one byte of the weights was changed after people had signed', async () => {
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

  it('does not count a signal that somebody sent straight to Temporal, and keeps what was tried', async () => {
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
    await expect
      .poll(() => attemptsOn(run), { timeout: 20_000 })
      .toMatchObject([
        { named: 'decision-of-nobody', reason: 'no such decision is on file' },
        { named: 'not an id: undefined', reason: 'no such decision is on file' },
      ]);
    expect((await stack.approvals.load(run)).request.state).toBe('open');
    expect(await routeOf('forged')).toMatchObject({ revision: 0 });

    await stack.sign(run);
    const { versionId } = await stack.until(run, ({ status }) => status === 'succeeded');
    expect(await routeOf('forged')).toMatchObject({ champion: versionId });
    await connection.close();
  });
});

import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMessenger } from '../../providers/temporal/messenger.js';
import { ownNamespace } from '../support/workflow-worker.js';

let connection: Connection;
let client: Client;
let messenger: ReturnType<typeof createMessenger>;
beforeAll(async () => {
  const { address, namespace } = await ownNamespace(inject('temporal').address, 'messenger');
  connection = await Connection.connect({ address });
  client = new Client({ connection, namespace });
  messenger = createMessenger(client, () => ({}));
});
afterAll(() => connection.close());

const project = 'default';

describe('messages to workflows', () => {
  it('start a run once, and its retrain entity where there is none', async () => {
    for (let time = 0; time < 2; time++) {
      await messenger.startRun({ project, runId: 'run-1' });
      await messenger.trigger({ project, name: 'model', triggerId: `t-${time}` });
    }
    const described = await client.workflow.getHandle('lifecycle/default/run-1').describe();
    expect(described.type).toBe('lifecycleWorkflow');
    const history = await client.workflow.getHandle('retrain/default/model').fetchHistory();
    const signals = history.events!.filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal);
    expect(signals).toHaveLength(2);
  });

  it('to a workflow that is not there are dropped: the row is what counts', async () => {
    await messenger.signOff({ requestId: 'nobody', decisionId: 'd' });
    await messenger.command({ project, runId: 'nobody', commandId: 'c' });
    await messenger.runEnded({ project, name: 'nobody', runId: 'run-1' });
  });

  it('that the server refuses for what they are say that repeating helps nothing', async () => {
    const runId = 'x'.repeat(2_000);
    await expect(messenger.startRun({ project, runId })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('that reach no server may be repeated', async () => {
    const lazy = Connection.lazy({ address: '127.0.0.1:1' });
    const nowhere = createMessenger(new Client({ connection: lazy, namespace: 'default' }), () => ({}));
    const lost = nowhere.signOff({ requestId: 'r', decisionId: 'd' });
    await expect(lost).rejects.toMatchObject({ code: 'PROVIDER', details: { retryable: true } });
    await lazy.close();
  }, 20_000);
});

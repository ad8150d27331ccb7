import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMessenger } from '../../providers/temporal/messenger.js';
import { projectMark } from '../../providers/temporal/project-attribute.js';
import { ownNamespace } from '../support/workflow-worker.js';

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporal').address });
});
afterAll(() => connection.close());

const startedIn = async (namespace: string, runId: string) => {
  const client = new Client({ connection, namespace });
  const messenger = createMessenger(client, await projectMark(connection, namespace));
  await messenger.startRun({ project: 'mails', runId });
  await messenger.startRun({ project: 'mails', runId });
  return client.workflow.getHandle(`lifecycle/mails/${runId}`).describe();
};

describe('the messenger on a real server', () => {
  it('starts a run once, marked with its project where the namespace has the attribute', async () => {
    const started = await startedIn(inject('temporal').namespace, 'run-marked');
    expect(started.raw.workflowExecutionInfo?.searchAttributes?.indexedFields).toHaveProperty('AssayProject');
  });

  it('starts it unmarked where the namespace has none', async () => {
    const { namespace } = await ownNamespace(inject('temporal').address, 'unmarked');
    const started = await startedIn(namespace, 'run-unmarked');
    expect(started.status.name).toBe('RUNNING');
    expect(started.raw.workflowExecutionInfo?.searchAttributes?.indexedFields ?? {}).not.toHaveProperty('AssayProject');
  });

  it('drops a message to a workflow that has ended or never was', async () => {
    const client = new Client({ connection, namespace: inject('temporal').namespace });
    const messenger = createMessenger(client, () => ({}));
    await messenger.signOff({ requestId: 'never-was', decisionId: 'd' });
    await messenger.runEnded({ project: 'mails', name: 'never-was', runId: 'run-1' });
  });
});

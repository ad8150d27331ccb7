import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { WorkflowIdReusePolicy } from '@temporalio/common';
import type { Messenger } from '../../domain/ports/messenger.js';
import { TASK_QUEUE, WORKFLOW_TYPES, workflowIds } from './names.js';

/** Delivers by the Temporal client. @throws what the client throws when the server cannot be reached. */
export function createMessenger(client: Client): Messenger {
  const signal = async (workflowId: string, name: string, argument: object): Promise<void> => {
    await client.workflow.getHandle(workflowId).signal(name, argument).catch(unlessEnded);
  };
  return {
    async startRun({ project, runId }) {
      const options = {
        taskQueue: TASK_QUEUE,
        workflowId: workflowIds.lifecycle(project, runId),
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        args: [{ runId }],
      };
      await client.workflow.start(WORKFLOW_TYPES.lifecycle, options).catch(unlessStarted);
    },
    signOff: ({ requestId, decisionId }) => signal(workflowIds.approval(requestId), 'signOff', { decisionId }),
    command: ({ project, runId, commandId }) =>
      signal(workflowIds.lifecycle(project, runId), 'command', { id: commandId }),
    async trigger({ project, name, triggerId }) {
      await client.workflow.signalWithStart(WORKFLOW_TYPES.retrain, {
        taskQueue: TASK_QUEUE,
        workflowId: workflowIds.retrain(project, name),
        args: [{ project, name }],
        signal: 'trigger',
        signalArgs: [{ id: triggerId }],
      });
    },
    runEnded: ({ project, name, runId }) => signal(workflowIds.retrain(project, name), 'runEnded', { runId }),
  };
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

function unlessStarted(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}

import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { WorkflowIdReusePolicy } from '@temporalio/common';
import { LifecycleError, providerError } from '../../domain/kernel/errors.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import type { ProjectMark } from './project-attribute.js';
import { TASK_QUEUE, WORKFLOW_TASK_TIMEOUT, WORKFLOW_TYPES, workflowIds } from './names.js';

/** For one message, repetitions by the client included. */
export const DEADLINE_MILLISECONDS = 5_000;

/** Delivers by the Temporal client. */
export function createMessenger(client: Client, mark: ProjectMark): Omit<Messenger, 'changeSchedule'> {
  const tell = async (what: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + DEADLINE_MILLISECONDS, call);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw toOurs(what, error);
    }
  };
  const signal = (workflowId: string, name: string, argument: object): Promise<void> =>
    tell(`The signal ${name} to ${workflowId}`, () => client.workflow.getHandle(workflowId).signal(name, argument));

  return {
    startRun({ project, runId, recreates = false }) {
      const workflowId = workflowIds.lifecycle(project, runId);
      const options = {
        taskQueue: TASK_QUEUE,
        workflowId,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        args: [{ runId }],
        ...mark(project),
      };
      const type = recreates ? WORKFLOW_TYPES.recreate : WORKFLOW_TYPES.lifecycle;
      return tell(`The start of ${workflowId}`, () => client.workflow.start(type, options));
    },
    importBase({ project, importId }) {
      const workflowId = workflowIds.importBase(importId);
      const options = {
        taskQueue: TASK_QUEUE,
        workflowId,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        args: [{ importId }],
        ...mark(project),
      };
      return tell(`The start of ${workflowId}`, () => client.workflow.start(WORKFLOW_TYPES.importBase, options));
    },
    signOff: ({ requestId, decisionId }) => signal(workflowIds.approval(requestId), 'signOff', { decisionId }),
    command: ({ project, runId, commandId }) =>
      signal(workflowIds.lifecycle(project, runId), 'command', { id: commandId }),
    trigger({ project, name, triggerId }) {
      const workflowId = workflowIds.retrain(project, name);
      const options = {
        taskQueue: TASK_QUEUE,
        workflowId,
        args: [{ project, name }],
        signal: 'trigger',
        signalArgs: [{ id: triggerId }],
        ...mark(project),
      };
      return tell(`A trigger for ${workflowId}`, () =>
        client.workflow.signalWithStart(WORKFLOW_TYPES.retrain, options),
      );
    },
    async runEnded({ project, name, runId, scheduled }) {
      await signal(workflowIds.retrain(project, name), 'runEnded', { runId });
      if (scheduled === undefined) return;
      await signal(workflowIds.scheduledRun(project, scheduled.schedule, scheduled.nominal), 'runEnded', { runId });
    },
  };
}

/** gRPC: the request itself is wrong (3), or the workflow can take no more of them (9, 11). */
const REFUSED = new Set([3, 9, 11]);

export function toOurs(what: string, error: unknown): LifecycleError {
  const cause: unknown = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  if (!isGrpcServiceError(cause)) return providerError(`${what} failed.`, { retryable: true }, error);
  const said = `${what}: Temporal answered '${cause.details}' (${cause.code}).`;
  if (REFUSED.has(cause.code)) return new LifecycleError('INVALID_INPUT', said, { code: cause.code }, error);
  return providerError(said, { retryable: true }, error);
}

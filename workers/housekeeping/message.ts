import type { ChainedEvent } from '../../db/audit/outbox.js';
import type { Messenger } from '../../domain/ports/messenger.js';

export interface Message {
  /** Whom it is for: messages to one workflow are told in their order. */
  to: string;
  /** Safe to repeat. */
  send(messenger: Messenger): Promise<void>;
}

/** What an event of the audit log means for a workflow; most mean nothing. */
export function messageOf({ project: ofProject, action, subject, details }: ChainedEvent): Message | undefined {
  const project = ofProject ?? '';
  const detail = (name: string): string => String(details[name]);
  const ofModel = `retrain/${project}/${detail('name')}`;
  switch (action) {
    case 'run.requested': {
      const recreates = details['recreates'] !== undefined;
      return { to: subject, send: (messenger) => messenger.startRun({ project, runId: subject, recreates }) };
    }
    case 'import.requested':
      return { to: subject, send: (messenger) => messenger.importBase({ project, importId: subject }) };
    case 'command.recorded': {
      const runId = detail('runId');
      return { to: runId, send: (messenger) => messenger.command({ project, runId, commandId: subject }) };
    }
    case 'decision.recorded':
    case 'waiver.recorded': {
      const requestId = detail('requestId');
      return {
        to: `approval/${requestId}`,
        send: (messenger) => messenger.signOff({ requestId, decisionId: subject }),
      };
    }
    case 'trigger.recorded':
      return {
        to: ofModel,
        send: (messenger) => messenger.trigger({ project, name: detail('name'), triggerId: subject }),
      };
    case 'run.finished': {
      const scheduled =
        details['schedule'] === undefined ? undefined : { schedule: detail('schedule'), nominal: detail('nominal') };
      return {
        to: ofModel,
        send: (messenger) => messenger.runEnded({ project, name: detail('name'), runId: subject, scheduled }),
      };
    }
    case 'schedule.commanded': {
      const schedule = detail('schedule');
      return {
        to: `schedule/${project}/${schedule}`,
        send: (messenger) => messenger.changeSchedule({ project, schedule, commandId: subject }),
      };
    }
    default:
      return undefined;
  }
}

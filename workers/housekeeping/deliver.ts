import type { ChainedEvent } from '../../db/audit/outbox.js';
import type { Messenger } from '../../domain/ports/messenger.js';

/** Tells workflows what an event of the audit log means for them; most mean nothing. Safe to repeat. */
export async function deliver(event: ChainedEvent, messenger: Messenger): Promise<void> {
  const { action, subject, details } = event;
  const project = event.project ?? '';
  switch (action) {
    case 'run.requested':
      return messenger.startRun({ project, runId: subject, recreates: details['recreates'] !== undefined });
    case 'command.recorded':
      return messenger.command({ project, runId: String(details['runId']), commandId: subject });
    case 'decision.recorded':
    case 'waiver.recorded':
      return messenger.signOff({ requestId: String(details['requestId']), decisionId: subject });
    case 'trigger.recorded':
      return messenger.trigger({ project, name: String(details['name']), triggerId: subject });
    case 'run.finished':
      return messenger.runEnded({ project, name: String(details['name']), runId: subject });
    default:
      return undefined;
  }
}

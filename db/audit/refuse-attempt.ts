import { digestBytes } from '../../domain/evidence/canonical.js';
import type { Transaction } from '../pool.js';
import { WORKER_ACTOR } from './actions.js';
import { inertText } from './inert-text.js';
import { recordEvent } from './record-event.js';

/** Audits, once per id, a message that names nothing that may count. What it named is a stranger's text. */
export async function refuseAttempt(
  tx: Transaction,
  attempt: { project: string | null; subject: string; named: string; reason: string },
): Promise<void> {
  await recordEvent(tx, {
    project: attempt.project,
    actor: WORKER_ACTOR,
    action: 'attempt.refused',
    subject: inertText(attempt.subject),
    details: { named: inertText(attempt.named), reason: attempt.reason },
    key: digestBytes(JSON.stringify([attempt.subject, attempt.named])),
  });
}

import { digestBytes } from '../../domain/evidence/canonical.js';
import { inertText } from '../audit/inert-text.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';

/** Something that a known principal asked for and was refused. */
export interface RefusedAttempt {
  project: string;
  actor: string;
  /** The id of what it was about. */
  subject: string;
  /** What was asked, in a word or two: a stranger's text. */
  named: string;
  reason: string;
}

export interface Attempts {
  /** Audits it; the same attempt once a minute, so that nobody fills the log by repeating it. */
  recordAttempt(attempt: RefusedAttempt): Promise<void>;
}

const MINUTE = 60_000;

export const createAttempts = (db: Database): Attempts =>
  translated<Attempts>({
    async recordAttempt({ project, actor, subject, named, reason }) {
      const minute = Math.floor(Date.now() / MINUTE);
      await db.transaction((tx) =>
        recordEvent(tx, {
          project,
          actor,
          action: 'attempt.refused',
          subject: inertText(subject),
          details: { named: inertText(named), reason: inertText(reason) },
          key: digestBytes(JSON.stringify([project, actor, subject, named, reason, minute])),
        }),
      );
    },
  });

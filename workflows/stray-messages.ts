import { ApplicationFailure, setDefaultSignalHandler, setDefaultUpdateHandler } from '@temporalio/workflow';
import { idIn } from './messages.js';

/**
 * Messages by a name that no part of Assay uses. Whoever reaches Temporal can send them; they permit nothing. Each is
 * told as an id that finds no row, so that what was tried is audited, and an update is answered with a no.
 */
export function hearStrays(tell: (named: string) => void): void {
  setDefaultSignalHandler((name) => tell(idIn(`signal ${name}`, '')));
  setDefaultUpdateHandler((name) => {
    tell(idIn(`update ${name}`, ''));
    throw ApplicationFailure.nonRetryable(
      'Nothing is decided by messages to Temporal: sign by the api.',
      'NOT_ALLOWED',
    );
  });
}

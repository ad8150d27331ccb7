import type { RunLogEntryView } from '../domain/api/run-log.js';
import { colours } from './colours.js';
import { plainText } from './plain-text.js';

/** An entry of a run's log in one line: when (UTC), where, what. */
export function logLine({ at, stage, kind, action, message, details }: RunLogEntryView): string {
  const when = colours.dim(at.slice(11, 19));
  const where = (stage ?? 'run').padEnd(10);
  const what = kind === 'training' ? plainText(message ?? '') : stateInWords(action ?? '', message, details);
  return `${when}  ${where} ${what}`;
}

function stateInWords(action: string, message: string | null, details: Record<string, unknown>): string {
  const status = word(details['status'] ?? details['state']);
  const reason = message === null ? '' : `: ${plainText(message)}`;
  switch (action) {
    case 'stage.began':
      return colours.bold('began');
    case 'stage.finished':
      return colours.bold(`${status || 'finished'}${reason}`);
    case 'run.finished':
      return colours.bold(`${status || 'finished'}${reason}`);
    case 'run.waiting':
      return details['waitingFor'] === null ? 'goes on' : `waits: ${word(details['waitingFor'])}`;
    default:
      return [action.replaceAll('.', ' '), status].filter((part) => part !== '').join(': ');
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? plainText(value) : '');

import { isWaiting, type Task, type TaskFile } from './task.js';

/** Who would answer, with the roles that they hold now. */
export interface Answerer {
  principal: string;
  kind: 'person' | 'service';
  roles: readonly string[];
}

/** Why a task takes no answer any more, by the database's clock; null where it does. */
export function whyEnded({ task, now }: Pick<TaskFile, 'task' | 'now'>): string | null {
  if (!isWaiting(task.state)) return `it is ${task.state}`;
  if (Date.parse(task.dueAt) <= Date.parse(now)) return `it was due on ${task.dueAt}`;
  return null;
}

/**
 * Why an answer of this person would not count, or null where it would. `hasAnswered`: theirs is among those that count.
 */
export function whyNotAnswer(
  { task, now }: Pick<TaskFile, 'task' | 'now'>,
  { principal, kind, roles }: Answerer,
  hasAnswered: boolean,
): string | null {
  const ended = whyEnded({ task, now });
  if (ended !== null) return ended;
  if (kind === 'service') return 'a service answers nothing: a person does';
  if (hasAnswered) return 'you have answered';
  const asked = whoIsAsked(task);
  if (asked.people.includes(principal) || asked.roles.some((role) => roles.includes(role))) return null;
  if (task.state === 'disputed') return `two answers differ: ${inWords(asked)} settles it`;
  return `it is put to ${inWords(asked)}`;
}

/** The candidates, or, where two answers differ, those who settle it. */
const whoIsAsked = ({ state, candidates, form }: Task): Task['candidates'] =>
  state === 'disputed' ? { roles: form.adjudicators ?? [], people: [] } : candidates;

const inWords = ({ roles, people }: Task['candidates']): string =>
  [...roles.map((role) => `the role ${role}`), ...people].join(' or ') || 'nobody';

import { LifecycleError } from '../../domain/kernel/errors.js';
import type { TaskPage, TaskSummary } from '../../domain/api/task.js';
import type { InboxPlace, InboxQuestion } from '../../db/views/inbox.js';
import type { Task } from '../../domain/tasks/task.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores, Principal } from './stores.js';
import { readSaid, standingOf, type Standing } from './task-standing.js';

/** So often a page is filled up where what was found does not wait for the caller after all. */
const ROUNDS = 5;

interface Asking {
  stores: Pick<ApiStores, 'tasks' | 'delegations' | 'views'>;
  keys: SigningKeys;
  principal: Principal;
  asked: Omit<InboxQuestion, 'waitingFor'>;
  /** Only what waits for the caller. */
  isMine: boolean;
}

/** A page of tasks as they stand for the caller. It may hold fewer than asked for, and still be followed by others. */
export async function inboxPage({ stores, keys, principal, asked, isMine }: Asking): Promise<TaskPage> {
  const tasks: TaskSummary[] = [];
  let after = asked.after;
  for (let round = 0; round < ROUNDS; round += 1) {
    const limit = asked.limit - tasks.length;
    const waitingFor = isMine ? principal.id : undefined;
    const lines = await stores.views.inbox({ ...asked, after, limit: limit + 1, waitingFor });
    const shown = lines.slice(0, limit);
    const said = await readSaid(
      stores,
      principal,
      shown.map(({ task }) => task),
    );
    const judged = shown.map((line) => summaryOf(line.task, standingOf(line, said, { keys, principal })));
    tasks.push(...judged.filter(({ waitingForYou }) => waitingForYou || !isMine));
    after = shown.at(-1)?.place;
    if (lines.length <= limit || after === undefined) return { tasks, next: null };
    if (tasks.length >= asked.limit) break;
  }
  return { tasks, next: after === undefined ? null : printCursor(after) };
}

/** A line of the inbox. */
export function summaryOf(task: Task, standing: Standing): TaskSummary {
  const { id, project, kind, title, subject, runId, state, batch, dueAt, openedAt, answersNeeded } = task;
  return { id, project, kind, title, subject, runId, state, batch, dueAt, openedAt, answersNeeded, ...standing };
}

const printCursor = ({ dueAt, id }: InboxPlace): string =>
  Buffer.from(JSON.stringify([dueAt, id])).toString('base64url');

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** @throws LifecycleError INVALID_INPUT where it was not given as `next` */
export function readCursor(cursor: string): InboxPlace {
  try {
    const [dueAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof dueAt === 'string' && MOMENT.test(dueAt) && typeof id === 'string') return { dueAt, id };
  } catch {
    // What cannot be read is no cursor, as what follows says.
  }
  throw new LifecycleError('INVALID_INPUT', 'This is no cursor: give the `next` of the page before.');
}

import type { TaskView } from '../../domain/api/task.js';
import { judgeTask } from '../../domain/tasks/judge-task.js';
import type { TaskFile } from '../../domain/tasks/task.js';
import { summaryOf } from './inbox-page.js';
import { requireVisible } from './permissions.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores, Principal } from './stores.js';
import { readSaid, standingOf } from './task-standing.js';

/** A task of a project in which the caller has a part. @throws LifecycleError NOT_FOUND */
export async function loadVisibleTask(
  tasks: Pick<ApiStores['tasks'], 'load'>,
  principal: Principal,
  taskId: string,
): Promise<TaskFile> {
  const file = await tasks.load(taskId);
  requireVisible(principal, file.task.project, `task ${taskId}`);
  return file;
}

interface Viewing {
  stores: Pick<ApiStores, 'tasks' | 'delegations' | 'views'>;
  keys: SigningKeys;
  principal: Principal;
}

/** A task as the caller sees it. What was said comes from the signed statements, never from the rows. */
export async function taskView(file: TaskFile, { stores, keys, principal }: Viewing): Promise<TaskView> {
  const { task } = file;
  const { form, candidates, openedBy, closedAt, answer, evidence } = task;
  const said = await readSaid(stores, principal, [task]);
  return {
    ...summaryOf(task, standingOf(file, said, { keys, principal })),
    form,
    candidates: { ...candidates, now: await stores.views.taskCandidates(task.id) },
    openedBy,
    closedAt,
    answer,
    evidence,
    ...answersShown(file, keys, principal.id),
  };
}

/** Answers are independent: until all that are needed are in, everybody sees their own only. */
function answersShown(
  { task, answers }: TaskFile,
  keys: SigningKeys,
  viewer: string,
): Pick<TaskView, 'answers' | 'unverified'> {
  const { counted, unverified } = judgeTask({ task, answers }, keys);
  const keyIds = new Map(answers.map(({ id, envelope }) => [id, envelope.signatures[0]?.keyid ?? null]));
  const shown = counted.filter(({ principal }) => task.state !== 'open' || principal === viewer);
  return {
    answers: shown.map(({ id, principal, answer, signed }) => ({
      id,
      principal,
      answer,
      reason: signed.reason,
      at: signed.at,
      keyId: keyIds.get(id) ?? null,
    })),
    unverified,
  };
}

import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Task } from '../../domain/tasks/task.js';
import type { task } from '../schema/task.js';

/** A row as the rest of Assay sees it. */
export function toTask(row: typeof task.$inferSelect): Task {
  const { candidateRoles, candidatePeople, excludedPeople: _excluded, dueAt, openedAt, closedAt, ...rest } = row;
  return {
    ...rest,
    candidates: { roles: candidateRoles, people: candidatePeople },
    dueAt: dueAt.toISOString(),
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}

export const taskNotFound = (taskId: string): LifecycleError =>
  new LifecycleError('NOT_FOUND', `There is no task ${taskId}.`, { task: taskId });

import { involvedIn } from '../approvals/involved.js';
import { signaturesAsked, whyInvolved } from '../kernel/approval-policy.js';
import { isBlocking } from '../kernel/answers.js';
import type { RequestState, TaskKind, TaskState } from '../kernel/states.js';
import type { ApprovalRequest } from '../ports/approval-store.js';
import type { TaskForm } from './task.js';

/** A task that a request for approval opens. */
export interface RequestTask {
  id: string;
  kind: Extract<TaskKind, 'approval' | 'waiver'>;
  title: string;
  form: TaskForm;
  roles: string[];
  answersNeeded: number;
}

export const waiverTaskId = (requestId: string, question: string): string => `waive-${requestId}-${question}`;

/** The tasks of a request: to decide on it, and to waive each answer that blocks. */
export function tasksOfRequest({ id, subject, terms }: ApprovalRequest): RequestTask[] {
  const { alias } = subject.target;
  const { stages } = terms.policy;
  const asked = stages.flatMap(({ roles }) => roles);
  const approval: RequestTask = {
    id: `approve-${id}`,
    kind: 'approval',
    title: `Release to ${alias}`,
    form: { question: `Release to ${alias}?` },
    roles: [...new Set(asked.flatMap(({ role, escalate = [] }) => [role, ...escalate.map(({ to }) => to)]))],
    answersNeeded: Math.max(1, signaturesAsked(terms.policy)),
  };
  const waivers = terms.answers.filter(isBlocking).map(({ question, verdict }): RequestTask => ({
    id: waiverTaskId(id, question),
    kind: 'waiver',
    title: `Waive ${question} for ${alias}`,
    form: { question: `Waive ${question}, which is ${verdict}?`, waives: question },
    roles: [terms.policy.waivers.role],
    answersNeeded: 1,
  }));
  return [approval, ...waivers];
}

/** Who answers none of them, whatever their roles: four eyes. */
export function excludedFrom({ terms }: ApprovalRequest): string[] {
  const involved = involvedIn(terms);
  const people = new Set(Object.values(involved).flat());
  return [...people].filter((person) => whyInvolved(terms.policy, involved, person) !== null);
}

/** How a task ends when its request does. A request that asks for changes is answered, too. */
export function endOfRequestTask(state: Exclude<RequestState, 'open'>): Exclude<TaskState, 'open' | 'disputed'> {
  if (state === 'voided') return 'cancelled';
  return state === 'expired' ? 'expired' : 'answered';
}

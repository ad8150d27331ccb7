import { judgeRequest } from '../../domain/approvals/judge-request.js';
import type { Signer } from '../../domain/approvals/may-sign.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { judgeTask } from '../../domain/tasks/judge-task.js';
import { whyEnded, whyNotAnswer } from '../../domain/tasks/may-answer.js';
import type { StoredAnswer, Task, TaskFile } from '../../domain/tasks/task.js';
import { viewerOf } from './approval-view.js';
import { rolesIn } from './permissions.js';
import { signerIn } from './request-file.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores, Principal } from './stores.js';

/** How a task stands for one caller. */
export interface Standing {
  waitingForYou: boolean;
  whyNot: string | null;
  answersGiven: number;
}

type AskedTask = Pick<TaskFile, 'task' | 'now'>;

/** What tasks have to be judged by: their own answers, or what was signed on their requests. */
export interface Said {
  requests: ReadonlyMap<string, RequestFile>;
  answers: ReadonlyMap<string, StoredAnswer[]>;
  /** Who lets the caller sign for them now, by project. */
  delegations: ReadonlyMap<string, Delegations>;
}

type Delegations = NonNullable<Signer['delegations']>;

type SaidStores = Pick<ApiStores, 'tasks' | 'delegations'> & { views: Pick<ApiStores['views'], 'requestFiles'> };

const isOfRequest = ({ kind }: Task): boolean => kind === 'approval' || kind === 'waiver';

/** Reads what was said on tasks: two statements however many they are, and one for each project with approvals. */
export async function readSaid(
  { views, tasks, delegations }: SaidStores,
  principal: Principal,
  asked: readonly Task[],
): Promise<Said> {
  const [ofRequests, others] = [asked.filter(isOfRequest), asked.filter((task) => !isOfRequest(task))];
  const requests = await views.requestFiles(ofRequests.map(({ subject }) => subject));
  const answers = await tasks.answers(others.map(({ id }) => id));
  const byProject = new Map<string, Delegations>();
  // One after the other: also inside a transaction, which has one connection.
  for (const project of new Set(ofRequests.map((task) => task.project)))
    byProject.set(project, await delegations.toNow(project, principal.id));
  return { requests, answers, delegations: byProject };
}

interface Viewing {
  keys: SigningKeys;
  principal: Principal;
}

/** Judges a task for the caller; an approval and a waiver as the page of their request judges them. */
export function standingOf(asked: AskedTask, said: Said, viewing: Viewing): Standing {
  const { task } = asked;
  if (isOfRequest(task)) {
    const file = said.requests.get(task.subject);
    if (file === undefined) return standing(`there is no request ${task.subject}`, 0);
    return onRequest(asked, file, { ...viewing, delegations: said.delegations.get(task.project) ?? [] });
  }
  const { principal, keys } = viewing;
  const { counted } = judgeTask({ task, answers: said.answers.get(task.id) ?? [] }, keys);
  const answerer = { principal: principal.id, kind: principal.kind, roles: rolesIn(principal, task.project) };
  const hasAnswered = counted.some((one) => one.principal === principal.id);
  return standing(whyNotAnswer(asked, answerer, hasAnswered), counted.length);
}

function onRequest(
  asked: AskedTask,
  file: RequestFile,
  { keys, principal, delegations }: Viewing & { delegations: Delegations },
): Standing {
  const { task } = asked;
  const judgement = judgeRequest(file, keys.instance, keys.publicKey);
  const signer = signerIn(principal, task.project, delegations);
  const { whyNot, mayWaive } = viewerOf({ file, judgement, signer, via: principal.via, publicKey: keys.publicKey });
  if (task.kind === 'approval') {
    const missing = judgement.missing.reduce((sum, { count }) => sum + count, 0);
    return standing(whyEnded(asked) ?? whyNot, Math.max(0, task.answersNeeded - missing));
  }
  const isWaived = !judgement.unwaived.some((question) => question === task.form.waives);
  const { role } = file.request.terms.policy.waivers;
  const whyNotWaive = mayWaive ? null : `it is put to the role ${role}`;
  return standing(whyEnded(asked) ?? (isWaived ? 'it is waived' : whyNotWaive), isWaived ? 1 : 0);
}

const standing = (whyNot: string | null, answersGiven: number): Standing => ({
  waitingForYou: whyNot === null,
  whyNot,
  answersGiven,
});

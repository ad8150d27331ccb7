import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { RequestState, RunStatus, Stage } from '../domain/kernel/states.js';

/** Messages carry ids only: what they stand for is an authenticated, signed row in Postgres (design §7.4). */
export const commandSignal = defineSignal<[{ id: string }]>('command');
export const signOffSignal = defineSignal<[{ decisionId: string }]>('signOff');
/** Carries nothing and permits nothing: the workflow looks at the rows once more. */
export const lookAgainSignal = defineSignal('lookAgain');
export const triggerSignal = defineSignal<[{ id: string }]>('trigger');
export const runEndedSignal = defineSignal<[{ runId: string }]>('runEnded');

const MOST_CHARACTERS = 200;

/**
 * The id in a message, whatever a stranger may have sent in its place: a handler that threw would stop the workflow,
 * and text that Postgres cannot hold would fail it. What is no id of ours finds no row, which is audited.
 */
export function idIn(message: unknown, field: string): string {
  const value: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, field) : message;
  const text = typeof value === 'string' ? value : `not an id: ${JSON.stringify(value)}`;
  return text.slice(0, MOST_CHARACTERS).replace(/[\p{Cc}\p{Cs}]/gu, '\u{FFFD}');
}

export interface LifecycleState {
  runId: string;
  status: RunStatus;
  stage: Stage | null;
}
export const lifecycleStateQuery = defineQuery<LifecycleState>('lifecycleState');

export interface ApprovalState {
  requestId: string;
  state: RequestState;
  missing: { stage: string; role: string; count: number }[];
  unwaived: string[];
}
export const approvalStateQuery = defineQuery<ApprovalState>('approvalState');

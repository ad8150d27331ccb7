import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { RequestState, RunStatus, Stage } from '../domain/kernel/states.js';

/** Messages carry ids only: what they stand for is an authenticated, signed row in Postgres (design §7.4). */
export const commandSignal = defineSignal<[{ id: string }]>('command');
export const signOffSignal = defineSignal<[{ decisionId: string }]>('signOff');
export const triggerSignal = defineSignal<[{ id: string }]>('trigger');
export const runEndedSignal = defineSignal<[{ runId: string }]>('runEnded');

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

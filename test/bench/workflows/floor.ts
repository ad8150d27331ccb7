import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { STEPS } from './steps.js';

interface Nothing {
  nothing(): Promise<void>;
}

const remote = proxyActivities<Nothing>({ startToCloseTimeout: '1m' });
const local = proxyLocalActivities<Nothing>({ startToCloseTimeout: '1m' });

/** What Temporal alone costs: eight steps that do nothing, one after the other. */
export async function ordinaryFloorWorkflow(): Promise<void> {
  for (const _ of STEPS) await remote.nothing();
}

export async function localFloorWorkflow(): Promise<void> {
  for (const _ of STEPS) await local.nothing();
}

/** Many things that are nothing, side by side. */
export async function ordinaryFanOutWorkflow(items: number): Promise<void> {
  await Promise.all(Array.from({ length: items }, () => remote.nothing()));
}

export async function localFanOutWorkflow(items: number): Promise<void> {
  await Promise.all(Array.from({ length: items }, () => local.nothing()));
}

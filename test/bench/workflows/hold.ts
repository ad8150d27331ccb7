import { proxyLocalActivities } from '@temporalio/workflow';
import { providerCall } from '../../../workflows/activity-proxies.js';
import type { BenchActivities } from '../bench-activities.js';

type Held = { hold: BenchActivities['hold'] };

/** With the time-outs of the product's bookkeeping, but for how long it may take. */
const local = proxyLocalActivities<Held>({ startToCloseTimeout: '10m' });
/** An ordinary activity with the product's own settings. */
const remote = providerCall as unknown as Held;

/** A step that one worker holds until it is killed, and another ends. */
export const holdLocalWorkflow = (input: { file: string }): Promise<void> => local.hold(input);
export const holdOrdinaryWorkflow = (input: { file: string }): Promise<void> => remote.hold(input);

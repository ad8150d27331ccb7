import type { JudgedWindow, WindowInput } from '../activities/monitoring.js';
import { dataWork } from './activity-proxies.js';

/** One window of an alias's traffic, judged. Started by a Temporal Schedule; a drift leaves a trigger. */
export const monitorWorkflow = (input: WindowInput): Promise<JudgedWindow> => dataWork.judgeWindow(input);

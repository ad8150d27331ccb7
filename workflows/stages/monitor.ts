import type { RunOutline } from '../../activities/runs.js';
import { providerCall } from '../activity-proxies.js';
import { inStage } from './context.js';

/** Sets the clocks that watch what was released: the monitor's schedule and the retrain's. */
export const startMonitoring = (run: RunOutline): Promise<void> =>
  inStage({ run, stage: 'monitor' }, () => providerCall.ensureSchedules({ runId: run.runId }));

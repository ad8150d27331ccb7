import type { CurateResult } from '../../activities/curate.js';
import type { RunOutline } from '../../activities/runs.js';
import { dataWork } from '../activity-proxies.js';
import type { CollectResult } from './collect.js';
import { inStage } from './context.js';

/** Checks, deduplicates and splits what was collected; every record not used has a reason on file. */
export const curate = (run: RunOutline, collected: CollectResult): Promise<CurateResult> =>
  inStage({ run, stage: 'curate', given: { sources: collected.sources } }, () =>
    dataWork.curateData({ runId: run.runId, sources: collected.sources }),
  );

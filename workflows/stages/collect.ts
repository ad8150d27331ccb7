import type { CollectedSource } from '../../activities/collect.js';
import type { RunOutline } from '../../activities/runs.js';
import { bookkeeping, dataWork } from '../activity-proxies.js';
import { inStage } from './context.js';

export interface CollectResult {
  sources: CollectedSource[];
}

/** Fetches and seals every source; sources of one address are read once. */
export const collect = (run: RunOutline): Promise<CollectResult> =>
  inStage({ run, stage: 'collect' }, async () => {
    const sources: CollectedSource[] = [];
    for (const uri of run.sourceUris) {
      sources.push(...(await dataWork.collectSources({ runId: run.runId, uri })));
    }
    await bookkeeping.finishCollect({ runId: run.runId, sources });
    return { sources };
  });

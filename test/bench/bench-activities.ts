import type { ActivityDependencies } from '../../activities/create-activities.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Evidence } from '../../domain/evidence/evidence.js';
import type { Digest } from '../../domain/kernel/digest.js';
import type { Stage } from '../../domain/kernel/states.js';

/** The end of a stage that did nothing: through the store that every stage ends by. */
export const createBenchActivities = ({ runs }: Pick<ActivityDependencies, 'runs'>) => ({
  async nothing(): Promise<void> {},

  finishNothing: (input: { runId: string; stage: Stage; before: Digest[] }): Promise<Digest[]> => {
    const { runId, stage, before } = input;
    const fact: Evidence = {
      kind: 'training',
      subject: digestOf({ runId, stage }),
      producer: { name: 'bench', version: '1' },
      inputs: before,
      body: { stage, did: 'nothing' },
    };
    return runs.finishStage({ runId, stage, status: 'succeeded', summary: { did: 'nothing' }, evidence: [fact] });
  },
});

export type BenchActivities = ReturnType<typeof createBenchActivities>;

import type { DatasetSplit } from '../data-record.js';
import { digestOf } from '../evidence/canonical.js';
import type { Digest } from '../kernel/digest.js';
import type { ReusableStage } from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';
import { PRODUCERS, PROMPT_VERSION } from '../producers.js';
import { PLAN_PARTS } from './plan-parts.js';

/** What the stages before left for a stage: ids and digests. */
export interface StageInputs {
  sources?: { id: string; raw: Digest; parsed: Digest; card: Digest }[];
  curated?: { dataset: Digest; splits: Pick<DatasetSplit, 'name' | 'datasetId' | 'artifact'>[] };
  model?: { subject: Digest };
  /** The subject of the version that the candidate is compared with; null: none is live. */
  champion?: Digest | null;
}

/**
 * The key under which the result of a stage is found again: a digest of what makes it, of what it is made from and of
 * what the plan says about it. Null where a result depends on more than that (collect reads what may change, labels
 * from service are those of the moment), and where there is nothing to save: no training.
 */
export function reuseKey(stage: ReusableStage, plan: LifecyclePlan, inputs: StageInputs): Digest | null {
  const content = KEYED[stage](plan, inputs);
  if (content === null) return null;
  return digestOf({ stage, producer: PRODUCERS[stage], plan: PLAN_PARTS[stage](plan), ...content });
}

const KEYED: Record<ReusableStage, (plan: LifecyclePlan, inputs: StageInputs) => Record<string, unknown> | null> = {
  collect: () => null,
  curate({ data }, { sources }) {
    if (sources === undefined || data.sources.some(({ labels }) => labels.by === 'feedback')) return null;
    return { sources };
  },
  /** Of the splits only those that are trained on: another test split asks for no other training. */
  'fine-tune'({ train }, { curated }) {
    if (train === null || curated === undefined) return null;
    const trained = curated.splits.filter(({ name }) => name === 'train' || name === 'validation');
    return { splits: trained.map(({ name, datasetId, artifact }) => ({ name, datasetId, artifact })) };
  },
  evaluate(_plan, { curated, model, champion }) {
    if (curated === undefined || model === undefined || champion === undefined) return null;
    return { dataset: curated.dataset, subject: model.subject, champion, promptVersion: PROMPT_VERSION };
  },
};

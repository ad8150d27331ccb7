import { LifecycleError } from '../kernel/errors.js';
import {
  FORK_STAGES,
  REUSABLE_STAGES,
  isBefore,
  isEnded,
  type ForkStage,
  type ReusableStage,
  type RunStatus,
  type Stage,
  type StageStatus,
} from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';
import { changedKeys } from './changed-keys.js';
import { PLAN_PARTS } from './plan-parts.js';

/** A run that another is to go on from. */
export interface ForkParent {
  id: string;
  status: RunStatus;
  reason: string | null;
  plan: LifecyclePlan;
  recreates: string | null;
  /** `isReusable`: what it left for those after it is on file. */
  stages: readonly { stage: Stage; status: StageStatus; isReusable: boolean }[];
}

/**
 * The stage at which a run that did not end well goes on: the first that has not succeeded. From deploy on that is
 * approve, because an approval is of one run.
 * @throws LifecycleError CONFLICT where there is nothing to retry, with what there is to do
 */
export function retryStage(parent: ForkParent): ForkStage {
  refuseRetry(parent);
  const succeeded = new Set(parent.stages.filter(isDone).map(({ stage }) => stage));
  if (succeeded.has('deploy'))
    throw new LifecycleError(
      'CONFLICT',
      `${parent.id} ended after its release, which stands: there is nothing to retry. Start a new run of the lifecycle.`,
    );
  return REUSABLE_STAGES.find((stage) => !succeeded.has(stage)) ?? 'approve';
}

function refuseRetry({ id, status, reason }: ForkParent): void {
  if (status === 'failed' || status === 'cancelled') return;
  if (!isEnded(status))
    throw new LifecycleError(
      'CONFLICT',
      `${id} is ${status}: only a run that has ended can be retried. Cancel it first.`,
    );
  const remedy = `Fork it from a stage to do that and what follows again.`;
  if (status === 'succeeded')
    throw new LifecycleError('CONFLICT', `${id} succeeded: there is nothing to retry. ${remedy}`);
  throw new LifecycleError(
    'CONFLICT',
    `${id} was refused (${reason ?? 'no reason is on file'}). That is an answer, and the same again would get the same. Change the lifecycle file and fork the run from the first stage that the change is for.`,
  );
}

/**
 * Whether a run of this plan can go on from another at a stage.
 * @throws LifecycleError INVALID_INPUT for a stage or a change of the plan that does not go together with what is taken
 * over; CONFLICT where the other run did not get that far
 */
export function requireForkable(parent: ForkParent, from: Stage, plan: LifecyclePlan): asserts from is ForkStage {
  if (!(FORK_STAGES as readonly Stage[]).includes(from))
    throw new LifecycleError(
      'INVALID_INPUT',
      `An approval is of one run, so no other can go on from ${from}: people have to sign again. Fork from approve or earlier.`,
    );
  if (parent.recreates !== null)
    throw new LifecycleError('INVALID_INPUT', `${parent.id} makes ${parent.recreates} again: nothing goes on from it.`);
  if (plan.name !== parent.plan.name)
    throw new LifecycleError(
      'INVALID_INPUT',
      `${parent.id} is a run of ${parent.plan.name}, the file is of ${plan.name}. A fork is a run of the same lifecycle.`,
    );
  for (const stage of takenStages(from, plan)) requireUnchanged(parent, plan, stage);
  for (const stage of takenStages(from, plan)) requireLeft(parent, stage);
}

/** The stages that a fork does not do. Without a training there is nothing to take over of fine-tune. */
const takenStages = (from: Stage, plan: LifecyclePlan): ReusableStage[] =>
  REUSABLE_STAGES.filter((stage) => isBefore(stage, from) && (stage !== 'fine-tune' || plan.train !== null));

function requireUnchanged(parent: ForkParent, plan: LifecyclePlan, stage: ReusableStage): void {
  const [before, after] = [PLAN_PARTS[stage](parent.plan), PLAN_PARTS[stage](plan)];
  const changed = Object.keys(after).flatMap((key) => changedKeys(before[key], after[key], key));
  if (changed.length === 0) return;
  const isOne = changed.length === 1;
  throw new LifecycleError(
    'INVALID_INPUT',
    `${changed.join(', ')} ${isOne ? 'is' : 'are'} not as in the plan of ${parent.id}, and ${stage}, which would be taken over from it, depends on ${isOne ? 'it' : 'them'}. Fork from ${stage} or earlier.`,
    { changed, stage },
  );
}

function requireLeft({ id, stages }: ForkParent, stage: ReusableStage): void {
  const left = stages.find((one) => one.stage === stage);
  if (left?.status === 'succeeded' && left.isReusable) return;
  const state = left === undefined ? 'was not reached' : `is ${left.status}`;
  const why = left?.status === 'succeeded' ? 'was done by a version of Assay that kept no results' : state;
  throw new LifecycleError(
    'CONFLICT',
    `${stage} of ${id} ${why}: nothing can be taken over. Fork from ${stage} or earlier.`,
  );
}

const isDone = ({ status }: { status: StageStatus }): boolean => status === 'succeeded' || status === 'skipped';

import type { ReusableStage } from '../kernel/states.js';
import type { LifecyclePlan } from '../lifecycle-file/plan.js';

/** What of the plan the result of a stage depends on, by the keys that people write. */
export const PLAN_PARTS: Record<ReusableStage, (plan: LifecyclePlan) => Record<string, unknown>> = {
  collect: ({ data }) => ({ 'data.sources': data.sources }),
  curate: ({ data, evaluate }) => ({
    'data.sources': data.sources,
    'data.curate': data.curate,
    'evaluate.tasks': evaluate.tasks.map(({ dataset }) => ({ dataset })),
  }),
  'fine-tune': made,
  evaluate: ({ evaluate, deploy, ...plan }) => ({
    ...made(plan),
    'evaluate.tasks': evaluate.tasks,
    'evaluate.gates': evaluate.gates,
    'deploy.alias': deploy.alias,
  }),
};

/** What makes the model that is evaluated. A prompt counts by its text, a card by nothing. */
function made({ model, train }: Pick<LifecyclePlan, 'model' | 'train'>): Record<string, unknown> {
  return {
    'model.provider': model.provider,
    'model.base.id': model.base.id,
    'model.base.import': model.base.import ?? null,
    'model.prompt': model.prompt?.text ?? null,
    train,
  };
}

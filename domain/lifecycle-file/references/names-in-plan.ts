import type { NamesInUse, Used } from './dangling.js';
import type { LifecyclePlan } from '../plan.js';

/** The names in use in a resolved plan; places are paths such as `evaluate.gates[0].task`. */
export function namesInPlan(plan: LifecyclePlan): NamesInUse<string> {
  const { sources, curate } = plan.data;
  const used = (name: string, at: string): Used<string> => ({ name, at });
  return {
    sources: sources.map(({ id }, i) => used(id, `data.sources[${i}].id`)),
    splits: curate.flatMap((step, i) =>
      step.step === 'split' ? [{ source: used(step.source, `data.curate[${i}].source`), by: step.by }] : [],
    ),
    tasks: plan.evaluate.tasks.map(({ id, dataset, metrics }, i) => ({
      id: used(id, `evaluate.tasks[${i}].id`),
      source: used(dataset.source, `evaluate.tasks[${i}].dataset.source`),
      split: used(dataset.split, `evaluate.tasks[${i}].dataset.split`),
      metrics,
    })),
    gates: plan.evaluate.gates.map(({ task, metric }, i) => ({
      task: used(task, `evaluate.gates[${i}].task`),
      metric: used(metric, `evaluate.gates[${i}].metric`),
    })),
    feedback: sources.flatMap(({ labels }, i) =>
      labels.by === 'feedback' ? [used(labels.alias, `data.sources[${i}].labels.alias`)] : [],
    ),
    alias: plan.deploy.alias,
    base: plan.model.base.id,
    // An imported base model brings its card: that it is of this model is what the import bound.
    card:
      plan.model.base.card === null || plan.model.base.import !== undefined
        ? undefined
        : used(plan.model.base.card.id, 'model.base.card.id'),
    allTasksRead: true,
  };
}

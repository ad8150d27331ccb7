import { LifecycleError } from '../../domain/kernel/errors.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { parsePromptReference } from '../../domain/prompts/prompt-reference.js';
import type { ApiStores } from './stores.js';

/**
 * A plan that names what is registered has to hold what is registered under that name.
 * @throws LifecycleError INVALID_INPUT; NOT_FOUND
 */
export async function requireRegistered(
  { prompts }: Pick<ApiStores, 'prompts'>,
  project: string,
  { model }: LifecyclePlan,
): Promise<void> {
  const reference = model.prompt === undefined ? undefined : parsePromptReference(model.prompt.from);
  if (reference === undefined || model.prompt === undefined) return;
  const { id, digest } = await prompts.find(project, reference);
  if (digest === model.prompt.digest) return;
  throw new LifecycleError('INVALID_INPUT', `The plan's prompt is not what is registered as ${id}: ${digest}.`);
}

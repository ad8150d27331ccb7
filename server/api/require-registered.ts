import { canonicalJson } from '../../domain/evidence/canonical.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { whyNotFits } from '../../domain/lifecycle-file/references/read-import.js';
import { parsePromptReference } from '../../domain/prompts/prompt-reference.js';
import type { ApiStores } from './stores.js';

type Stores = Pick<ApiStores, 'prompts' | 'imports'>;

/**
 * A plan that names what is registered has to hold what is registered under that name.
 * @throws LifecycleError INVALID_INPUT; NOT_FOUND
 */
export async function requireRegistered(stores: Stores, project: string, { model }: LifecyclePlan): Promise<void> {
  await requirePrompt(stores, project, model);
  await requireImport(stores, project, model);
}

async function requirePrompt({ prompts }: Stores, project: string, { prompt }: LifecyclePlan['model']): Promise<void> {
  const reference = prompt === undefined ? undefined : parsePromptReference(prompt.from);
  if (reference === undefined || prompt === undefined) return;
  const { id, digest } = await prompts.find(project, reference);
  if (digest === prompt.digest) return;
  throw new LifecycleError('INVALID_INPUT', `The plan's prompt is not what is registered as ${id}: ${digest}.`);
}

async function requireImport({ imports }: Stores, project: string, { provider, base }: LifecyclePlan['model']) {
  if (base.import === undefined) return;
  const { id, evidence } = base.import;
  const registered = await imports.find(project, id);
  const isSame = registered.evidence === evidence && canonicalJson(registered.card) === canonicalJson(base.card);
  const reason = isSame
    ? whyNotFits({ id, source: registered.source }, { provider, id: base.id })
    : `The plan's base model is not what was imported as ${id}.`;
  if (reason !== null) throw new LifecycleError('INVALID_INPUT', reason);
}

import { canonicalJson } from '../../domain/evidence/canonical.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { whyNotFits } from '../../domain/lifecycle-file/references/read-import.js';
import { parsePromptReference } from '../../domain/prompts/prompt-reference.js';
import type { ApiStores } from './stores.js';

type Stores = Pick<ApiStores, 'prompts' | 'imports' | 'policies'>;

/**
 * Takes a plan that somebody wants to use: what it names as registered has to be what is registered under that name, and
 * its policy is kept as this version of it.
 * @throws LifecycleError INVALID_INPUT; NOT_FOUND; CONFLICT where the policy's version stands for another content
 */
export async function acceptPlan(
  stores: Stores,
  { project, by }: { project: string; by: string },
  { model, approve }: LifecyclePlan,
): Promise<void> {
  await requirePrompt(stores, project, model);
  await requireImport(stores, project, model);
  await stores.policies.keep({ project, body: approve.policy, by });
}

type Registered = Pick<Stores, 'prompts' | 'imports'>;

async function requirePrompt(
  { prompts }: Registered,
  project: string,
  { prompt }: LifecyclePlan['model'],
): Promise<void> {
  const reference = prompt === undefined ? undefined : parsePromptReference(prompt.from);
  if (reference === undefined || prompt === undefined) return;
  const { id, digest } = await prompts.find(project, reference);
  if (digest === prompt.digest) return;
  throw new LifecycleError('INVALID_INPUT', `The plan's prompt is not what is registered as ${id}: ${digest}.`);
}

async function requireImport({ imports }: Registered, project: string, { provider, base }: LifecyclePlan['model']) {
  if (base.import === undefined) return;
  const { id, evidence } = base.import;
  const registered = await imports.find(project, id);
  const isSame = registered.evidence === evidence && canonicalJson(registered.card) === canonicalJson(base.card);
  const reason = isSame
    ? whyNotFits({ id, source: registered.source }, { provider, id: base.id })
    : `The plan's base model is not what was imported as ${id}.`;
  if (reason !== null) throw new LifecycleError('INVALID_INPUT', reason);
}

import { isLifecycleError } from '../../kernel/errors.js';
import type { ImportSource } from '../../ports/import-store.js';
import type { BaseModelCard, ImportedBase } from '../plan.js';
import type { PromptReference } from '../../prompts/prompt-reference.js';
import type { PromptText } from '../../prompts/prompt.js';
import type { Problem } from '../problem.js';
import type { Position } from '../yaml/located.js';

/** An imported base model: what a plan takes of it. */
export interface RegisteredBase extends ImportedBase {
  source: ImportSource;
  card: BaseModelCard;
}

/** What a lifecycle file names and an installation keeps. The caller brings it: it asks an api. */
export interface Registered {
  /** @throws LifecycleError NOT_FOUND; what asking an api throws */
  prompt(reference: PromptReference): Promise<PromptText>;
  /** A base model by `<name>@<number>`. @throws as `prompt` */
  base(id: string): Promise<RegisteredBase>;
}

/** What is registered, or undefined and a problem at the place that names it. */
export async function lookUp<T>(ask: () => Promise<T>, at: Position, problems: Problem[]): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isLifecycleError(error)) throw error;
    problems.push({ at, message: error.message });
    return undefined;
  }
}

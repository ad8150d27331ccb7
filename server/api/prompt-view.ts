import { LifecycleError } from '../../domain/kernel/errors.js';
import { NAME_PATTERN } from '../../domain/kernel/units/name.js';
import type { PromptAliasView, PromptLineView } from '../../domain/api/prompt.js';
import { parsePromptReference } from '../../domain/prompts/prompt-reference.js';
import type { PromptAlias, PromptAsked, PromptLine } from '../../db/stores/prompt-store.js';

/** Who may write prompts and move their aliases. */
export const PROMPT_ROLES = ['author', 'ml-lead', 'admin'] as const;

export const promptLine = (
  { id, name, number, digest, author, pushedAt }: PromptLine,
  aliases: readonly PromptAlias[],
): PromptLineView => ({
  id,
  name,
  number,
  digest,
  author,
  pushedAt: pushedAt.toISOString(),
  aliases: aliases.filter((one) => one.name === name && one.number === number).map(({ alias }) => alias),
});

export const promptAliasView = ({ at, project: _project, ...alias }: PromptAlias): PromptAliasView => ({
  ...alias,
  at: at.toISOString(),
});

/** `triage@3`, `triage:best`, or `triage` for its latest. @throws LifecycleError INVALID_INPUT */
export function askedPrompt(reference: string): PromptAsked {
  const asked = NAME_PATTERN.test(reference) ? { name: reference } : parsePromptReference(reference);
  if (asked !== undefined) return asked;
  throw new LifecycleError('INVALID_INPUT', 'A prompt is named as triage, triage@3 or triage:best.');
}

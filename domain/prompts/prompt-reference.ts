import { NAME_PATTERN } from '../kernel/units/name.js';

/** A registered prompt as a lifecycle file names it: `triage@3`, or by an alias, `triage:best`. */
export type PromptReference = { name: string; number: number } | { name: string; alias: string };

/** What a text names, or undefined where it is no reference to a registered prompt. */
export function parsePromptReference(text: string): PromptReference | undefined {
  const [, name = '', mark, rest = ''] = /^([^@:/]+)([@:])([^@:/]+)$/.exec(text) ?? [];
  if (!NAME_PATTERN.test(name)) return undefined;
  if (mark === ':') return NAME_PATTERN.test(rest) ? { name, alias: rest } : undefined;
  return /^[1-9]\d{0,8}$/.test(rest) ? { name, number: Number(rest) } : undefined;
}

export const isPromptReference = (text: string): boolean => parsePromptReference(text) !== undefined;

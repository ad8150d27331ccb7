import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const VARIABLE = /\$\{(?<name>\w+)(?<operator>:[?-])(?<rest>[^}]*)\}/g;

/** The file as Compose sees it, anchors and merge keys resolved, variables not yet. */
export const readCompose = (path: string): ComposeFile =>
  parse(readFileSync(path, 'utf8'), { merge: true }) as ComposeFile;

/** Puts in the value of every `${NAME:?…}` and `${NAME:-default}`, as Compose does. */
export function interpolate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string, operator: string, rest: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    if (operator === ':-') return rest;
    throw new Error(`${whole} has no value`);
  });
}

/** The names behind `${NAME:?…}` (required) or `${NAME:-…}` (optional). */
export function variablesOf(text: string): { name: string; isRequired: boolean }[] {
  return [...text.matchAll(VARIABLE)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    isRequired: groups?.['operator'] === ':?',
  }));
}

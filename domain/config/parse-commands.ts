import { z } from 'zod';
import { commandEntry, resolveEntry, type CommandEntry } from '../commands/command-entry.js';
import { LifecycleError } from '../kernel/errors.js';
import { maskSecrets } from '../lifecycle-file/secret-patterns.js';
import { name } from '../lifecycle-file/schema/fields.js';
import { validate } from '../lifecycle-file/validate.js';
import { parseYaml } from '../lifecycle-file/yaml/parse-yaml.js';
import type { ProviderConfig } from './providers.js';

const commands = z.record(name, commandEntry);

/**
 * Commands by name, from JSON or YAML. @throws LifecycleError INVALID_INPUT with every problem as
 * `file:line:column message`.
 */
export function parseCommands(file: string, text: string): Record<string, CommandEntry> {
  const { root, problems } = parseYaml(file, text);
  const judged = root === undefined || problems.length > 0 ? undefined : validate(commands, root);
  if (judged?.value !== undefined) {
    return Object.fromEntries(Object.entries(judged.value).map(([each, entry]) => [each, resolveEntry(entry)]));
  }
  const shown = (judged?.problems ?? problems).map(({ at, message }) =>
    maskSecrets(`${at.file}:${at.line}:${at.column} ${message}`),
  );
  throw new LifecycleError('INVALID_INPUT', `ASSAY_COMMANDS is not right.\n${shown.join('\n')}`, { problems: shown });
}

/**
 * The services that models are asked at: those of `ASSAY_PROVIDERS`, and of every command that says who serves what it
 * trains. @throws LifecycleError INVALID_INPUT where a name stands for both.
 */
export function withCommandModels(
  providers: Record<string, ProviderConfig>,
  commands: Record<string, CommandEntry>,
): Record<string, ProviderConfig> {
  const problems = Object.keys(commands)
    .filter((each) => Object.hasOwn(providers, each))
    .map((each) => `"${each}" is named in ASSAY_PROVIDERS and in ASSAY_COMMANDS: give one of them another name.`);
  if (problems.length > 0) throw new LifecycleError('INVALID_INPUT', problems.join('\n'), { problems });
  const served = Object.entries(commands).flatMap(([each, { models }]) =>
    models === null ? [] : [[each, { ...models, prices: {}, account: each, limits: {} }] as const],
  );
  return { ...providers, ...Object.fromEntries(served) };
}

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommandEntry } from '../../domain/commands/command-entry.js';
import { parseCommands } from '../../domain/config/parse-commands.js';
import { LifecycleError } from '../../domain/kernel/errors.js';

/**
 * The commands of `ASSAY_COMMANDS`: JSON, or the path of a JSON or YAML file. Arguments that begin with `./` are paths
 * from the file's folder (of JSON in the variable itself: from the current one).
 * @throws LifecycleError INVALID_INPUT with every problem in `details.problems`
 */
export function loadCommands(given: string | undefined): Record<string, CommandEntry> {
  if (given === undefined) return {};
  const isInline = given.trimStart().startsWith('{');
  const commands = parseCommands(isInline ? 'ASSAY_COMMANDS' : given, isInline ? given : readCommands(given));
  const folder = isInline ? process.cwd() : dirname(resolve(given));
  const placed = (text: string): string => (text.startsWith('./') ? resolve(folder, text) : text);
  return Object.fromEntries(
    Object.entries(commands).map(([name, entry]) => [
      name,
      { ...entry, argv: entry.argv.map(placed), resume: entry.resume.map(placed) },
    ]),
  );
}

function readCommands(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const message = `ASSAY_COMMANDS names ${path}, which cannot be read (${code}).`;
    throw new LifecycleError('INVALID_INPUT', message, { problems: [message] }, cause);
  }
}

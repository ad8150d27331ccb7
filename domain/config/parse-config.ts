import type { z } from 'zod';
import { LifecycleError } from '../kernel/errors.js';
import { maskSecrets } from '../lifecycle-file/secret-patterns.js';
import { flattenIssues, wordIssue } from '../lifecycle-file/validate.js';

/** A process's environment, as its entry point hands it over. An empty variable counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting: the variables that it may come from, the first present one counting, and what it must be. */
export interface Variable<T> {
  names: readonly [string, ...string[]];
  schema: z.ZodType<T, string>;
  /** What is expected, for the error message. */
  meaning: string;
  /** The value where no variable is present; without it one must be. */
  otherwise?: { value: T };
}

export type ConfigShape = Record<string, Variable<unknown>>;

/** The settings by name, and `took`: which variable each one that was given came from. */
export type Config<Shape extends ConfigShape> = {
  [Name in keyof Shape]: Shape[Name] extends Variable<infer T> ? T : never;
} & { took: Record<string, string> };

/**
 * Reads what a process is told by its environment. Values are never repeated in an error: they may be secrets.
 * @throws LifecycleError INVALID_INPUT with every problem in `details.problems`.
 */
export function parseConfig<Shape extends ConfigShape>(shape: Shape, environment: Environment): Config<Shape> {
  const took: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [setting, variable] of Object.entries(shape)) {
    const name = variable.names.find((each) => environment[each]);
    if (name === undefined) {
      if (variable.otherwise === undefined) problems.push(`${variable.names[0]} is missing: ${variable.meaning}.`);
      values[setting] = variable.otherwise?.value;
      continue;
    }
    const result = variable.schema.safeParse(environment[name], { error: wordIssue });
    if (result.success) values[setting] = result.data;
    else problems.push(...describe(name, variable, result.error));
    took[setting] = name;
  }
  if (problems.length > 0) {
    const message = `The environment is not complete or not right.\n${problems.join('\n')}`;
    throw new LifecycleError('INVALID_INPUT', message, { problems });
  }
  return { ...values, took } as Config<Shape>;
}

/** A problem inside a structured value is told by its path; any other by what the variable must be. */
function describe(name: string, { meaning }: Variable<unknown>, error: z.ZodError): string[] {
  const inner = flattenIssues(error.issues).filter(({ path }) => path.length > 0);
  if (inner.length === 0) return [`${name} is not right: ${meaning}.`];
  return inner.map(({ path, message }) => maskSecrets(`${name}: ${path.map(String).join('.')}: ${message}`));
}

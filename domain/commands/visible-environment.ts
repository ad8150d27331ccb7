import type { Environment } from '../config/parse-config.js';
import type { CommandEntry } from './command-entry.js';

/** What a command sees of the worker's environment: the variables that its entry names, where they are set. */
export const visibleEnvironment = (
  { env }: Pick<CommandEntry, 'env'>,
  environment: Environment,
): Record<string, string> =>
  Object.fromEntries(
    env.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

import type { Secrets, SecretSource } from '../../domain/ports/secrets.js';
import { secretVariables } from '../../domain/secrets/reference.js';
import { createCommandSecrets } from './command.js';
import { createEnvironmentSecrets } from './environment.js';
import { createFolderSecrets } from './folder.js';
import { createSecrets } from './secrets.js';

interface SecretsConfig {
  secretsFolder: string | undefined;
  secretsCommand: readonly [string, ...string[]] | undefined;
}

/** The secrets of a process: variables first, then the folder, then the program, where these are configured. */
export function configuredSecrets(
  { secretsFolder, secretsCommand }: SecretsConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Secrets {
  const sources: Record<string, SecretSource> = {
    environment: createEnvironmentSecrets(secretVariables(environment)),
    ...(secretsFolder !== undefined && { folder: createFolderSecrets(secretsFolder) }),
    ...(secretsCommand !== undefined && { command: createCommandSecrets(secretsCommand) }),
  };
  return createSecrets({ sources });
}

import { apiShape } from './api-config.js';
import { cliShape } from './cli-config.js';
import { gatewayShape } from './gateway-config.js';
import { localProviderShape } from './local-provider-config.js';
import { migrateShape } from './migrate-config.js';
import type { ConfigShape } from './parse-config.js';
import { workerShape } from './worker-config.js';

const namesOf = (shape: ConfigShape): string[] => Object.values(shape).flatMap(({ names }) => [...names]);

/** Every variable that a process reads. */
export const configVariables = {
  api: namesOf(apiShape),
  worker: namesOf(workerShape),
  gateway: namesOf(gatewayShape),
  migrate: namesOf(migrateShape),
  provider: namesOf(localProviderShape),
  cli: namesOf(cliShape),
} satisfies Record<string, string[]>;

import { Command } from 'commander';
import { action, type Host } from '../action.js';
import { runInForeground } from '../foreground.js';
import { examples } from './example.js';

/** A command that runs one of Assay's own processes in the foreground until it ends or is told to. */
const foreground =
  ({ name, entry, description, example }: { name: string; entry: string; description: string; example: string }) =>
  (host: Host): Command =>
    new Command(name)
      .description(description)
      .addHelpText('after', examples(example))
      .action(action(host, async () => ({ exitCode: await runInForeground(entry) })));

export const workerCommand = foreground({
  name: 'worker',
  entry: 'workers/main',
  description: 'run a worker: it does the work of workflows, as many of them as you like',
  example: 'ASSAY_DATABASE_URL=postgres://… ASSAY_TEMPORAL_ADDRESS=temporal:7233 assay worker',
});

export const apiCommand = foreground({
  name: 'api',
  entry: 'server/api/main',
  description: 'run the api: people and programs ask it, and it alone signs decisions',
  example: 'ASSAY_DATABASE_URL=postgres://… ASSAY_TEMPORAL_ADDRESS=temporal:7233 assay api',
});

export const gatewayCommand = foreground({
  name: 'gateway',
  entry: 'server/gateway/main',
  description: 'run the gateway: it serves approved model versions over an OpenAI-compatible API',
  example: 'ASSAY_DATABASE_URL=postgres://… assay gateway',
});

export const migrateCommand = foreground({
  name: 'migrate',
  entry: 'db/main',
  description: 'bring the database to this version, in one transaction',
  example: 'ASSAY_OWNER_DATABASE_URL=postgres://… assay migrate',
});

export const providerCommand = foreground({
  name: 'provider',
  entry: 'providers/local/main',
  description: 'run the local model provider: small models that truly train, for trying and testing',
  example: 'assay provider',
});

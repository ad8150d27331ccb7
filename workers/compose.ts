import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import type { ActivityDependencies } from '../activities/create-activities.js';
import type { Database } from '../db/pool.js';
import { createAccountLimits } from '../db/stores/account-limits.js';
import { createApprovalStore } from '../db/stores/approval-store.js';
import { createEffectLedger } from '../db/stores/effect-ledger.js';
import { createEvidenceStore } from '../db/stores/evidence-store.js';
import { createImportStore } from '../db/stores/import-store.js';
import { createRegistryStore } from '../db/stores/registry-store.js';
import { createRetrainStore } from '../db/stores/retrain-store.js';
import { createRunStore } from '../db/stores/run-store.js';
import { createScheduleStore } from '../db/stores/schedule-store.js';
import { createTrafficStore } from '../db/stores/traffic-store.js';
import { visibleEnvironment } from '../domain/commands/visible-environment.js';
import { withCommandModels } from '../domain/config/parse-commands.js';
import type { Environment } from '../domain/config/parse-config.js';
import type { WorkerConfig } from '../domain/config/worker-config.js';
import { secretKey, type Secrets } from '../domain/ports/secrets.js';
import { createFilesystemArtifacts } from '../providers/artifacts/filesystem.js';
import { loadCommands } from '../providers/command/load-commands.js';
import { createCommandTrainer } from '../providers/command/trainer.js';
import { createOpenAiCatalogue } from '../providers/openai/catalogue.js';
import { createOpenAiModel } from '../providers/openai/model.js';
import { createOpenAiTrainer } from '../providers/openai/trainer.js';
import { createWeightsFolders } from '../providers/sources/weights-folder.js';
import { createSources } from '../providers/sources/sources.js';
import { createSchedules } from '../providers/temporal/schedules.js';
import { createLimits } from './limits.js';

/** Everything that activities touch, made of what this process was configured with. */
export async function composeDependencies(
  config: WorkerConfig,
  outside: { db: Database; client: Client; instance: string; secrets: Secrets; environment: Environment },
): Promise<ActivityDependencies> {
  const { db, client, instance, secrets, environment } = outside;
  const commands = loadCommands(config.commands);
  const jobsFolder = resolve(config.jobsFolder ?? join(config.home, 'jobs'));
  const providers = Object.entries(withCommandModels(config.providers, commands)).map(
    ([name, provider]) => [name, { ...provider, apiKey: secretKey(secrets, provider.apiKey) }] as const,
  );
  const runs = createRunStore(db);
  const limits = createLimits({ shared: createAccountLimits(db), runs });
  return {
    runs,
    evidence: createEvidenceStore(db),
    effects: createEffectLedger(db),
    approvals: createApprovalStore(db),
    registry: createRegistryStore(db),
    traffic: createTrafficStore(db),
    retrain: createRetrainStore(db),
    artifacts: createFilesystemArtifacts(config.artifactsFolder),
    sources: createSources({ packagesFolder: config.packagesFolder, filesFolder: config.packagesFolder }),
    imports: createImportStore(db),
    weights: createWeightsFolders(config.packagesFolder),
    catalogues: Object.fromEntries(providers.map(([name, provider]) => [name, createOpenAiCatalogue(provider)])),
    schedules: createSchedules(client),
    scheduleRows: createScheduleStore(db),
    trainers: Object.fromEntries([
      ...providers.map(([name, provider]) => [name, limits.trainer(name, provider, createOpenAiTrainer(provider))]),
      ...Object.entries(commands).map(([name, entry]) => {
        const visible = visibleEnvironment(entry, environment);
        const trainer = createCommandTrainer({ name, entry, jobsFolder, environment: visible });
        const account = { account: name, limits: { concurrentJobs: entry.limits.jobs } };
        return [name, limits.trainer(name, account, trainer)];
      }),
    ]),
    models: Object.fromEntries(
      providers.map(([name, provider]) => [name, limits.model(name, provider, createOpenAiModel(provider))]),
    ),
    instance,
    decisionPublicKey: await readPublicKey(config.decisionPublicKeyFile),
  };
}

const readPublicKey = async (path: string): Promise<KeyObject> => createPublicKey(await readFile(path));

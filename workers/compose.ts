import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { ActivityDependencies } from '../activities/create-activities.js';
import type { Database } from '../db/pool.js';
import { createAccountLimits } from '../db/stores/account-limits.js';
import { createApprovalStore } from '../db/stores/approval-store.js';
import { createEffectLedger } from '../db/stores/effect-ledger.js';
import { createEvidenceStore } from '../db/stores/evidence-store.js';
import { createRegistryStore } from '../db/stores/registry-store.js';
import { createRetrainStore } from '../db/stores/retrain-store.js';
import { createRunStore } from '../db/stores/run-store.js';
import { createTrafficStore } from '../db/stores/traffic-store.js';
import type { WorkerConfig } from '../domain/config/worker-config.js';
import { secretKey, type Secrets } from '../domain/ports/secrets.js';
import { createFilesystemArtifacts } from '../providers/artifacts/filesystem.js';
import { createOpenAiModel } from '../providers/openai/model.js';
import { createOpenAiTrainer } from '../providers/openai/trainer.js';
import { createSources } from '../providers/sources/sources.js';
import { createSchedules } from '../providers/temporal/schedules.js';
import { createLimits } from './limits.js';

/** Everything that activities touch, made of what this process was configured with. */
export async function composeDependencies(
  config: WorkerConfig,
  outside: { db: Database; client: Client; instance: string; secrets: Secrets },
): Promise<ActivityDependencies> {
  const { db, client, instance, secrets } = outside;
  const providers = Object.entries(config.providers).map(
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
    schedules: createSchedules(client),
    trainers: Object.fromEntries(
      providers.map(([name, provider]) => [name, limits.trainer(name, provider, createOpenAiTrainer(provider))]),
    ),
    models: Object.fromEntries(
      providers.map(([name, provider]) => [name, limits.model(name, provider, createOpenAiModel(provider))]),
    ),
    instance,
    decisionPublicKey: await readPublicKey(config.decisionPublicKeyFile),
  };
}

const readPublicKey = async (path: string): Promise<KeyObject> => createPublicKey(await readFile(path));

import { mkdir, statfs } from 'node:fs/promises';
import { parseWorkerConfig, type WorkerConfig } from '../../domain/config/worker-config.js';
import { runCheck, type Finding, type HealthCheck } from '../../domain/health-check.js';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import { configuredSecrets } from '../../providers/secrets/configured.js';
import { temporalConnection } from '../../providers/temporal/connection.js';
import { readPayloadKeys } from '../data-converter.js';
import { databaseChecks, temporalChecks } from './service-checks.js';
import { providerChecks } from './provider-checks.js';

const NEEDED_BYTES = 1024 ** 3;

/** Looks at what a worker with this environment would work with; prints findings as one JSON object. */
function workerChecks(config: WorkerConfig): HealthCheck[] {
  const secrets = configuredSecrets(config, process.env);
  const where = { address: config.temporalAddress, namespace: config.temporalNamespace };
  return [
    ...databaseChecks(config.databaseUrl),
    ...temporalChecks(temporalConnection(where, process.env)),
    {
      name: 'artifacts disk',
      remedy: 'Free at least 1 GB where ASSAY_ARTIFACTS_FOLDER points.',
      look: async () => {
        await mkdir(config.artifactsFolder, { recursive: true });
        const { bavail, bsize } = await statfs(config.artifactsFolder);
        const free = `${((bavail * bsize) / NEEDED_BYTES).toFixed(1)} GB free`;
        if (bavail * bsize < NEEDED_BYTES) throw new Error(free);
        return free;
      },
    },
    {
      name: 'payload keys',
      remedy: 'Look at ASSAY_PAYLOAD_KEYS and at the secrets that it names.',
      look: async () => {
        const [first, ...others] = await readPayloadKeys(config.payloadKeys, secrets);
        if (first === undefined) return { skipped: 'payloads are not encrypted' };
        return `${first.id} encrypts, ${others.length} more decrypt`;
      },
    },
    ...Object.entries(config.providers).flatMap(([name, provider]) =>
      providerChecks(name, provider, secrets, Date.now()),
    ),
  ];
}

function checksOf(): HealthCheck[] {
  try {
    return workerChecks(parseWorkerConfig(process.env));
  } catch (error) {
    if (!isLifecycleError(error)) throw error;
    const message = error.message.replaceAll('\n', ' ');
    const look = async () => Promise.reject(new Error(message));
    return [{ name: 'environment', remedy: 'Set what is missing, as for "assay worker".', look }];
  }
}

const findings: Finding[] = await Promise.all(checksOf().map(runCheck));
process.stdout.write(`${JSON.stringify({ findings })}\n`);

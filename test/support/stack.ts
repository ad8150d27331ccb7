import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { inject } from 'vitest';
import { readInstance } from '../../db/instance.js';
import { createDatabase } from '../../db/pool.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import type { NewRun } from '../../db/stores/insert-run.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { runView } from '../../db/views/runs.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { isEnded, type CommandKind, type Stage } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { createTestDatabase } from './postgres.js';
import { PROJECT, seedProject } from './seeded-project.js';
import { signRequest } from './sign-request.js';
import { API_KEY, startLocalProvider } from './local-provider.js';
import { writeToyMails } from './toy-plan.js';
import { ownNamespace } from './workflow-worker.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Stack = Awaited<ReturnType<typeof startStack>>;

/** Assay without api and gateway: real Postgres, Temporal, provider, and workers that are processes to be killed. */
export async function startStack(name: string, mails: number) {
  const database = await createTestDatabase();
  const opened = createDatabase(database.appUrl, { applicationName: 'test' });
  const { db } = opened;
  await seedProject(db);
  const temporal = await ownNamespace(inject('temporal').address, name);
  const provider = await startLocalProvider();
  const folder = await mkdtemp(join(tmpdir(), 'assay-stack-'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await writeToyMails(folder, mails);
  await writeFile(join(folder, 'decision.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(join(folder, 'log.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { id: instance } = await readInstance(db);
  const requests = createRunRequests(db);
  const approvals = createApprovalStore(db);
  let worker: ChildProcess | undefined;
  let said = '';

  const stack = {
    db,
    databaseUrl: database.appUrl,
    temporal,
    folder,
    approvals,
    instance,
    publicKey,
    providerUrl: () => provider.baseUrl(),
    /** All that the workers have written to stderr. */
    said: () => said,
    artifactsFolder: join(folder, 'artifacts'),

    /** Where the artifact store keeps a blob. */
    blobPath(digest: string): string {
      const hex = digest.slice('sha256:'.length);
      return join(folder, 'artifacts', 'blobs', 'sha256', hex.slice(0, 2), hex);
    },

    client: new OpenAI({ baseURL: provider.baseUrl(), apiKey: API_KEY, maxRetries: 0 }),

    /** `by`: other ways to the servers than the direct ones, and variables beside or instead of the usual ones. */
    async startWorker(
      by: { databaseUrl?: string; temporalAddress?: string; environment?: Record<string, string> } = {},
    ): Promise<void> {
      worker = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'workers/main.ts')], {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          ASSAY_HOME: join(ROOT, '.assay'),
          ASSAY_DATABASE_URL: by.databaseUrl ?? database.appUrl,
          ASSAY_TEMPORAL_ADDRESS: by.temporalAddress ?? temporal.address,
          ASSAY_TEMPORAL_NAMESPACE: temporal.namespace,
          ASSAY_ARTIFACTS_FOLDER: join(folder, 'artifacts'),
          ASSAY_PACKAGES_FOLDER: folder,
          ASSAY_DECISION_PUBLIC_KEY_FILE: join(folder, 'decision.pub'),
          ASSAY_LOG_KEY_FILE: join(folder, 'log.key'),
          ASSAY_PROVIDERS: JSON.stringify({ local: { baseUrl: provider.baseUrl(), apiKey: API_KEY } }),
          ...by.environment,
        },
      });
      worker.stderr!.on('data', (chunk: Buffer) => void (said += String(chunk)));
      await untilReady(worker);
    },

    /** `kill -9`: no handler runs, nothing is flushed. */
    async killWorker(): Promise<void> {
      const killed = worker!;
      killed.kill('SIGKILL');
      if (killed.exitCode === null && killed.signalCode === null) await once(killed, 'exit');
    },

    isWorkerAlive: (): boolean => worker?.exitCode === null && worker.signalCode === null,

    /** `kill`: what a deployment sends. The exit code, once the worker has ended by itself. */
    async endWorker(): Promise<number | null> {
      const ended = worker!;
      ended.kill('SIGTERM');
      if (stack.isWorkerAlive()) await once(ended, 'exit');
      return ended.exitCode;
    },

    /** Its stages are done, whatever other runs have left, unless `mayReuse` says otherwise. */
    requestRun: async (plan: LifecyclePlan, over: Pick<NewRun, 'mayReuse' | 'forkedFrom'> = {}): Promise<string> =>
      (
        await requests.requestRun({
          project: PROJECT,
          plan,
          planDigest: digestOf(plan),
          requestedBy: 'ada',
          startKey: `start-${Math.random()}`,
          mayReuse: false,
          ...over,
        })
      ).runId,

    command: (runId: string, kind: CommandKind): Promise<{ commandId: string }> =>
      requests.recordCommand({ runId, kind, principal: 'ada' }),

    /** Answers the run as soon as it says so, polling every 20 ms. */
    async until(runId: string, isThere: (view: RunView) => boolean, seconds = 60): Promise<RunView> {
      const deadline = Date.now() + seconds * 1_000;
      for (;;) {
        const view = (await runView(db, runId))!;
        if (isThere(view)) return view;
        if (isEnded(view.status) || Date.now() > deadline)
          throw new Error(`${runId} is ${view.status} (${view.reason}): ${JSON.stringify(view.stages.at(-1))}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },

    /** The run, once it has ended in whatever way. */
    untilEnded: (runId: string): Promise<RunView> => stack.until(runId, ({ status }) => isEnded(status)),

    untilAsked: (runId: string): Promise<RunView> =>
      stack.until(runId, ({ stages }) => stages.some(({ stage, waitingFor }) => stage === 'approve' && waitingFor)),

    untilIn: (runId: string, asked: Stage): Promise<RunView> =>
      stack.until(runId, ({ stages }) => stages.some(({ stage, endedAt }) => stage === asked && endedAt === null)),

    /** Ruth (risk) and Leo (legal) sign, and Leo waives what blocks. */
    sign: (runId: string): Promise<void> => signRequest(db, { requestId: runId, instance, privateKey }),

    async stop(): Promise<void> {
      if (worker?.exitCode === null) await stack.killWorker();
      await provider.stop();
      await opened.close();
      await database.drop().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stack;
}

type RunView = NonNullable<Awaited<ReturnType<typeof runView>>>;

/** `ASSAY_TEST_VERBOSE=1` shows what the worker says. */
function untilReady(worker: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    worker.stderr!.on('data', (chunk: Buffer) => {
      if (process.env['ASSAY_TEST_VERBOSE']) process.stderr.write(chunk);
      said += String(chunk);
      if (said.includes('ready, polls')) resolve();
    });
    worker.once('exit', () => reject(new Error(`the worker ended: ${said}`)));
  });
}

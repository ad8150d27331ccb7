import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Info } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Activities, type ActivityDependencies } from '../../activities/create-activities.js';
import type { CurateResult } from '../../activities/curate.js';
import type { SealedModel } from '../../activities/training.js';
import { readInstance } from '../../db/instance.js';
import { createDatabase } from '../../db/pool.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createEffectLedger } from '../../db/stores/effect-ledger.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createImportStore } from '../../db/stores/import-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createRetrainStore } from '../../db/stores/retrain-store.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createScheduleStore } from '../../db/stores/schedule-store.js';
import { createTrafficStore } from '../../db/stores/traffic-store.js';
import { runView } from '../../db/views/runs.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Stage } from '../../domain/kernel/states.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { createFilesystemArtifacts } from '../../providers/artifacts/filesystem.js';
import { createWeightsFolders } from '../../providers/sources/weights-folder.js';
import { createSources } from '../../providers/sources/sources.js';
import { failureInterceptor } from '../../workers/failure-interceptor.js';
import { onBehalfInterceptor } from '../../workers/on-behalf.js';
import { createTestDatabase } from './postgres.js';
import { PROJECT, factOf, seedProject } from './seeded-project.js';
import { signRequest } from './sign-request.js';
import { toyPlan, writeToyMails } from './toy-plan.js';

type Outside = Pick<ActivityDependencies, 'trainers' | 'models'>;
export type ActivityWorld = Awaited<ReturnType<typeof createActivityWorld>>;

/**
 * The activities as the worker has them, on a real database, a real artifact store and toy mails in a folder. Trainers
 * and models are the test's own; `trainers` and `models` may be changed between tests.
 */
export async function createActivityWorld(mails: number, outside: Partial<Outside> = {}) {
  const database = await createTestDatabase();
  const opened = createDatabase(database.appUrl, { applicationName: 'test' });
  const { db } = opened;
  await seedProject(db);
  const folder = await mkdtemp(join(tmpdir(), 'assay-activities-'));
  await writeToyMails(folder, mails);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { id: instance } = await readInstance(db);
  const dependencies: ActivityDependencies = {
    runs: createRunStore(db),
    evidence: createEvidenceStore(db),
    effects: createEffectLedger(db),
    approvals: createApprovalStore(db),
    registry: createRegistryStore(db),
    traffic: createTrafficStore(db),
    retrain: createRetrainStore(db),
    artifacts: createFilesystemArtifacts(join(folder, 'artifacts')),
    sources: createSources({ packagesFolder: folder, filesFolder: folder }),
    scheduleRows: createScheduleStore(db),
    imports: createImportStore(db),
    weights: createWeightsFolders(folder),
    catalogues: {},
    schedules: {
      ensureMonitor: async () => ({ scheduleId: 'monitor' }),
      ensureRetrain: async () => ({ scheduleId: null }),
    },
    trainers: {},
    models: {},
    instance,
    decisionPublicKey: publicKey,
    ...outside,
  };

  /** One attempt of one activity, with its heartbeats; `over` replaces dependencies for this attempt. */
  function attempt<N extends keyof Activities>(
    name: N,
    input: Parameters<Activities[N]>[0],
    { info = {}, over = {} }: { info?: Partial<Info>; over?: Partial<ActivityDependencies> } = {},
  ) {
    const environment = new MockActivityEnvironment(info, {
      interceptors: [failureInterceptor((text) => text), onBehalfInterceptor],
      logger: new DefaultLogger('ERROR'),
    });
    const heartbeats: unknown[] = [];
    environment.on('heartbeat', (details) => heartbeats.push(details));
    const activity = createActivities({ ...dependencies, ...over })[name] as (
      given: unknown,
    ) => ReturnType<Activities[N]>;
    const result = environment.run((given: unknown) => activity(given), input) as ReturnType<Activities[N]>;
    return { result, heartbeats, cancel: environment.cancel };
  }

  const perform = <N extends keyof Activities>(
    name: N,
    input: Parameters<Activities[N]>[0],
  ): ReturnType<Activities[N]> => attempt(name, input).result;

  async function requestRun(plan: LifecyclePlan = toyPlan()): Promise<string> {
    const requested = {
      project: PROJECT,
      plan,
      planDigest: digestOf(plan),
      requestedBy: 'ada',
      startKey: randomUUID(),
    };
    const { runId } = await createRunRequests(db).requestRun(requested);
    await perform('beginRun', { runId });
    return runId;
  }

  /** A run with its data collected and curated. */
  async function curatedRun(plan?: LifecyclePlan): Promise<{ runId: string; curated: CurateResult }> {
    const runId = await requestRun(plan);
    const sources = await perform('collectSources', { runId, uri: 'file:toys' });
    return { runId, curated: await perform('curateData', { runId, sources }) };
  }

  /** A version of a run without a training: weights that are the run's own bytes. */
  async function registered(runId: string): Promise<SealedModel> {
    const weights = await dependencies.artifacts.put([Buffer.from(`weights of ${runId}`)]);
    const quote = { costMicroUsd: 0, tokens: 0, basis: 'local' };
    const training = await dependencies.evidence.keep(runId, 'fine-tune', factOf({ runId, quote }));
    const { name, plan } = await dependencies.runs.load(runId);
    const { id: versionId } = await dependencies.registry.register({
      project: PROJECT,
      name,
      runId,
      trained: { provider: 'local', model: `ft:${runId}`, jobId: `job-${runId}`, weights },
      baseModel: plan.model.base.id,
      evidence: training,
    });
    return { versionId, training, subject: weights.digest };
  }

  const sign = (requestId: string, stages?: { risk: string; legal: string }): Promise<void> =>
    signRequest(db, { requestId, instance, privateKey, ...(stages && { stages }) });

  return {
    db,
    folder,
    sign,
    privateKey,
    dependencies,
    ownerUrl: database.ownerUrl,
    apiUrl: database.apiUrl,
    attempt,
    perform,
    requestRun,
    curatedRun,
    registered,

    /** What a run says that a stage of it waits for. */
    waitingFor: async (runId: string, stage: Stage): Promise<string | null | undefined> =>
      (await runView(db, runId))?.stages.find((one) => one.stage === stage)?.waitingFor,

    /** A run that was evaluated, approved by two people, and waits to be deployed. */
    async approvedRun(plan: LifecyclePlan) {
      const { runId, curated } = await curatedRun(plan);
      const model = plan.train === null ? await perform('takeBaseModel', { runId }) : await registered(runId);
      const { versionId } = model;
      const predictions = [await perform('predictTask', { runId, task: 'triage', curated, versionId })];
      const evaluated = await perform('judgeEvaluation', { runId, curated, model, predictions });
      const { requestId } = await perform('openApproval', { runId, curated, model, evaluated });
      await sign(requestId);
      await perform('closeApproval', { requestId, state: 'approved', reason: 'test' });
      return { release: { runId, versionId, requestId }, curated, model, evaluated, predictions };
    },

    async close(): Promise<void> {
      await opened.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

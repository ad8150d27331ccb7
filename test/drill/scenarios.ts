import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createImportRequests } from '../../db/stores/import-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { createScheduleRequests } from '../../db/stores/schedule-requests.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import { listRuns, runView, type RunView } from '../../db/views/runs.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { isEnded, type CommandKind, type RunStatus } from '../../domain/kernel/states.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import { TASK_QUEUE } from '../../providers/temporal/names.js';
import { signRequest } from '../support/sign-request.js';
import { toyMail } from '../support/toy-mails.js';
import { toyPlan } from '../support/toy-plan.js';
import { releaseByApi } from './by-api.js';
import { PROJECT, type World } from './world.js';

const NAME = 'toy-triage';
const TRAIN = { hyperparameters: { epochs: 20 }, seed: 7 };
const POLL_MILLISECONDS = 100;
/** Long: a machine that is busy with other things takes minutes for a few kills. */
const MOST_MILLISECONDS = 900_000;
const UNDISCLOSED = {
  id: 'small',
  description: 'unknown',
  trainingData: 'unknown',
  licence: 'unknown',
  limitations: [],
  guarantees: 'unknown',
  retirement: 'unknown',
};
/** Longer than a drill: no clock of a schedule comes between. */
const SELDOM_MILLISECONDS = 30 * 86_400_000;

/** The policy with somebody else to ask from the first moment on. */
const soonEscalated = (policy: ApprovalPolicy): ApprovalPolicy => ({
  ...policy,
  name: 'soon-escalated',
  stages: policy.stages.map((stage) => ({
    ...stage,
    roles: stage.roles.map((role) => ({ ...role, escalate: [{ after: '1ms', to: 'ml-lead' }] })),
  })),
});

/** The toy lifecycle under a name of its own. */
export const planNamed = (name: string, over: Partial<LifecyclePlan> = {}): LifecyclePlan =>
  toyPlan({
    name,
    // Others are asked at once, so that a worker can be killed while it says so.
    approve: { ...toyPlan().approve, policy: soonEscalated(toyPlan().approve.policy) },
    deploy: { ...toyPlan().deploy, alias: name },
    monitor: { ...toyPlan().monitor, everyMilliseconds: SELDOM_MILLISECONDS },
    ...over,
  });

/** Goes on while Postgres is away; a drill takes it away. */
async function patiently<T>(work: () => Promise<T>, until = Date.now() + MOST_MILLISECONDS): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(POLL_MILLISECONDS);
    }
  }
}

/** Asks for a run as the api does; the name is the start key, so asking again asks for the same run. */
export const requestRun = (world: World, plan: LifecyclePlan): Promise<string> =>
  patiently(async () => {
    const run = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey: plan.name };
    return (await createRunRequests(world.db).requestRun(run)).runId;
  });

const command = (world: World, runId: string, kind: CommandKind): Promise<unknown> =>
  patiently(() =>
    createRunRequests(world.db).recordCommand({ runId, kind, principal: 'ada', commandId: `${runId}-${kind}` }),
  );

/** Looks at a run again and again until it is as asked. @throws after a quarter of an hour */
export async function untilRun(
  world: World,
  runId: string,
  isThere: (view: RunView) => boolean | Promise<boolean>,
): Promise<RunView> {
  const deadline = Date.now() + MOST_MILLISECONDS;
  for (;;) {
    const view = (await patiently(() => runView(world.db, runId)))!;
    if (await isThere(view)) return view;
    if (Date.now() > deadline) throw new Error(`${runId} is ${view.status} (${view.reason}) at ${stagesOf(view)}`);
    await sleep(POLL_MILLISECONDS);
  }
}

export const untilEnded = (world: World, runId: string): Promise<RunView> =>
  untilRun(world, runId, ({ status }) => isEnded(status));

const stagesOf = ({ stages }: RunView): string =>
  stages.map(({ stage, status, waitingFor }) => `${stage} ${status} ${waitingFor ?? ''}`).join(', ');

export const isAsked = ({ stages }: RunView): boolean =>
  stages.some(({ stage, status }) => stage === 'approve' && status === 'waiting');
export const hasBegun = ({ stages }: RunView, asked: string): boolean => stages.some(({ stage }) => stage === asked);

export const sign = ({ db, instance, privateKey }: World, runId: string): Promise<void> =>
  patiently(() => signRequest(db, { requestId: runId, instance, privateKey }));

/** Signs as soon as the run asks for it, and waits for its end. */
async function signedToItsEnd(world: World, runId: string): Promise<void> {
  const { status } = await untilRun(world, runId, (view) => isAsked(view) || isEnded(view.status));
  if (!isEnded(status)) await sign(world, runId);
  await untilRun(world, runId, (view) => isEnded(view.status));
}

async function release(world: World): Promise<string[]> {
  const runId = await requestRun(world, planNamed(NAME));
  await signedToItsEnd(world, runId);
  return [runId];
}

/** The provider knows no such hyperparameter. */
async function failure(world: World): Promise<string[]> {
  const train = { ...TRAIN, hyperparameters: { warmUp: 3 } };
  const runId = await requestRun(world, planNamed(NAME, { train }));
  await untilRun(world, runId, ({ status }) => isEnded(status));
  return [runId];
}

async function pauseAndResume(world: World): Promise<string[]> {
  const runId = await requestRun(world, planNamed(NAME));
  await command(world, runId, 'pause');
  await untilRun(world, runId, ({ status }) => status === 'paused');
  await command(world, runId, 'resume');
  await signedToItsEnd(world, runId);
  return [runId];
}

/** Cancelled while its job trains: as many epochs as the provider allows, on many mails. */
async function cancel(world: World): Promise<string[]> {
  const train = { ...TRAIN, hyperparameters: { epochs: 50 } };
  const runId = await requestRun(world, planNamed(NAME, { train }));
  await untilRun(world, runId, ({ stages }) =>
    stages.some(({ stage, waitingFor }) => stage === 'fine-tune' && waitingFor?.includes('running') === true),
  );
  await command(world, runId, 'cancel');
  await untilRun(world, runId, ({ status }) => isEnded(status));
  return [runId];
}

/** After the first step of the rollout, a byte of the weights is another: the release is taken back. */
async function refusal(world: World): Promise<string[]> {
  const { deploy } = planNamed(NAME);
  const rollout = [
    { traffic: 50, bakeMilliseconds: 4_000 },
    { traffic: 100, bakeMilliseconds: 0 },
  ];
  const runId = await requestRun(world, planNamed(NAME, { deploy: { ...deploy, rollout } }));
  await untilRun(world, runId, isAsked);
  await sign(world, runId);
  const registry = createRegistryStore(world.db);
  await untilRun(world, runId, async () => (await patiently(() => registry.route(PROJECT, NAME))).revision > 0);
  await alterWeights(world, runId);
  await untilRun(world, runId, ({ status }) => isEnded(status));
  return [runId];
}

async function alterWeights(world: World, runId: string): Promise<void> {
  const { weights } = (await world.approvals.load(runId)).request.subject;
  if (!('digest' in weights)) throw new Error('the local provider hands its weights over');
  const path = blobPath(world, weights.digest);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  world.altered.add(basename(path));
  await writeFile(path, bytes);
}

function blobPath({ artifactsFolder }: World, digest: string): string {
  const hex = digest.slice('sha256:'.length);
  return join(artifactsFolder, 'blobs', 'sha256', hex.slice(0, 2), hex);
}

/** A schedule's workflow leaves a trigger, which asks for a second run. */
async function retrain(world: World): Promise<string[]> {
  const first = await release(world);
  const { workflow } = await world.temporalClient();
  const args = [{ project: PROJECT, name: NAME }];
  await workflow.start('scheduledTriggerWorkflow', { workflowId: 'clock', taskQueue: TASK_QUEUE, args });
  const second = await untilAnother(world, first);
  await signedToItsEnd(world, second);
  return [...first, second];
}

/** A run that is none of these. @throws after five minutes */
async function untilAnother(world: World, known: readonly string[]): Promise<string> {
  const deadline = Date.now() + MOST_MILLISECONDS;
  while (Date.now() < deadline) {
    await sleep(POLL_MILLISECONDS);
    const runs = await patiently(() => listRuns(world.db, PROJECT, { limit: 10 }));
    const another = runs.find(({ id }) => !known.includes(id));
    if (another !== undefined) return another.id;
  }
  throw new Error('nobody asked for another run');
}

/** The next time of a schedule takes the place of its run that waits for people. */
async function schedule(world: World): Promise<string[]> {
  const schedules = createScheduleRequests(world.db);
  const plan = planNamed(NAME);
  const asked = { project: PROJECT, schedule: 'yearly', principal: 'ada' };
  const trigger = (commandId: string) =>
    patiently(() => schedules.command({ ...asked, commandId, kind: 'trigger' as const }));
  const timing = { cron: '0 0 1 1 *', timeZone: 'UTC', jitterMilliseconds: 0, catchUpMilliseconds: 10_000 };
  const content = { ...timing, overlap: 'cancel-other' as const, plan, planDigest: digestOf(plan) };
  await patiently(() => schedules.create({ ...asked, commandId: 'create-yearly', ...content }));
  await trigger('first-time');
  const first = await untilAnother(world, []);
  await untilRun(world, first, isAsked);
  await trigger('second-time');
  await untilEnded(world, first);
  const second = await untilAnother(world, [first]);
  await signedToItsEnd(world, second);
  return [first, second];
}

/** The same work under another name: what the first run left stands for its stages. */
async function reuse(world: World): Promise<string[]> {
  const [first = ''] = await release(world);
  const second = await requestRun(world, planNamed('toy-again'));
  await signedToItsEnd(world, second);
  return [first, second];
}

/** Asks for another run that makes the version of the first again from what that one had sealed. */
async function makeAgain(world: World, first: string): Promise<string> {
  const { versionId } = (await runView(world.db, first))!;
  const plan = planNamed(NAME);
  const asked = { project: PROJECT, plan, planDigest: digestOf(plan), requestedBy: 'ada', startKey: 'again' };
  const again = await patiently(() => createRunRequests(world.db).requestRun({ ...asked, recreates: versionId ?? '' }));
  await untilEnded(world, again.runId);
  return again.runId;
}

async function recreate(world: World): Promise<string[]> {
  const [first = ''] = await release(world);
  return [first, await makeAgain(world, first)];
}

/** What the source held is gone: grade C, and why. */
async function recreateInVain(world: World): Promise<string[]> {
  const [first = ''] = await release(world);
  const { evidence } = (await runView(world.db, first))!;
  const card = evidence.find(({ kind }) => kind === 'source-card')!;
  const { subject } = await createEvidenceStore(world.db).load(card.id);
  await rm(blobPath(world, subject));
  return [first, await makeAgain(world, first)];
}

/** A lifecycle without a training; the provider's base model answers nothing. */
async function untrained(world: World): Promise<string[]> {
  const runId = await requestRun(world, planNamed(NAME, { train: null }));
  await untilEnded(world, runId);
  return [runId];
}

/** A base model comes from a folder of weights, and then there is a release. */
async function importWeights(world: World): Promise<string[]> {
  await mkdir(join(world.folder, 'weights'), { recursive: true });
  await writeFile(join(world.folder, 'weights', 'small.gguf'), `GGUF${'weights '.repeat(10_000)}`);
  const imports = createImportRequests(world.db);
  const source = { kind: 'weights', folder: 'weights' } as const;
  const asked = { project: PROJECT, name: 'small', source, card: UNDISCLOSED, requestedBy: 'ada' };
  const { id } = await imports.request(asked);
  const until = Date.now() + MOST_MILLISECONDS;
  for (;;) {
    const { state, reason } = await patiently(() => imports.find(PROJECT, id));
    if (state === 'imported') return release(world);
    if (state === 'refused' || Date.now() > until) throw new Error(`${id} is ${state} (${reason})`);
    await sleep(POLL_MILLISECONDS);
  }
}

const ASKED = 60;

/** A window of traffic is judged. */
async function monitor(world: World): Promise<string[]> {
  const runs = await release(world);
  const at = new Date().toISOString();
  const served = Array.from({ length: ASKED }, (_, number) => ({
    id: `served-${number}`,
    at,
    project: PROJECT,
    alias: NAME,
    versionId: `${NAME}@1`,
    itemKey: null,
    maskedInput: toyMail(number, 120).text,
    output: toyMail(number).label,
    promptTokens: 1,
    completionTokens: 1,
    latencyMilliseconds: 1,
    outcome: 'answered' as const,
  }));
  await createServedRequests(world.db).recordServed(served);
  const { workflow } = await world.temporalClient();
  const args = [{ project: PROJECT, alias: NAME }];
  await workflow.execute('monitorWorkflow', { workflowId: 'window', taskQueue: TASK_QUEUE, args });
  return runs;
}

const releaseOverHttp = async (world: World): Promise<string[]> => [await releaseByApi(world, planNamed(NAME))];

/** So many lifecycles, each of data and weights of its own, so that none finds what another has made. */
const LOAD = 4;

/** Of another licence and another seed than its neighbours. */
function loadPlan(name: string): LifecyclePlan {
  const { sources, curate } = toyPlan().data;
  const licensed = sources.map((source) => ({ ...source, rights: { ...source.rights, licence: `of ${name}` } }));
  return planNamed(name, { data: { sources: licensed, curate }, train: { ...TRAIN, seed: Number(name.at(-1)) } });
}

/** Lifecycles one after the other, asked for and signed over HTTP: what runs while the servers are killed. */
const load = (world: World): Promise<string[]> =>
  Promise.all(
    Array.from({ length: LOAD }, async (_, index) => {
      await sleep(index * world.loadSpacingMilliseconds);
      return releaseByApi(world, loadPlan(`load-${index + 1}`));
    }),
  );

/** Enough for the gate to be sure. */
const MAILS = 300;
const usual = { mails: MAILS, ends: 'succeeded' } as const;

/** Lifecycles, each with activities of its own; `act` ends with the runs that it made, the last of which ends so. */
export const SCENARIOS = {
  release: { ...usual, act: release },
  failure: { ...usual, act: failure, ends: 'failed' },
  'pause-and-resume': { ...usual, act: pauseAndResume },
  cancel: { act: cancel, mails: 2_000, ends: 'cancelled' },
  refusal: { ...usual, act: refusal, ends: 'refused' },
  retrain: { ...usual, act: retrain },
  schedule: { ...usual, act: schedule },
  monitor: { ...usual, act: monitor },
  reuse: { ...usual, act: reuse },
  recreate: { ...usual, act: recreate },
  'recreate-in-vain': { ...usual, act: recreateInVain, ends: 'refused' },
  untrained: { ...usual, act: untrained, ends: 'failed' },
  import: { ...usual, act: importWeights },
  'release-over-http': { ...usual, act: releaseOverHttp },
  load: { ...usual, act: load },
} satisfies Record<string, { act: (world: World) => Promise<string[]>; mails: number; ends: RunStatus }>;

export type Scenario = keyof typeof SCENARIOS;

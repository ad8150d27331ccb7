import type { Comparison, TaskComparison } from '../../../domain/api/comparison.js';
import { planChanges } from '../../../domain/comparison/plan-changes.js';
import type { Digest } from '../../../domain/kernel/digest.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApprovalRequest } from '../../../domain/ports/approval-store.js';
import type { RunRecord } from '../../../domain/ports/run-store.js';
import { gateVerdictsOf } from '../gate-verdicts.js';
import type { ApiStores } from '../stores.js';
import { datasetSchema, evaluationSchema, type Split } from './bodies.js';
import { compareData } from './compare-data.js';
import { compareTask, type EvaluatedTask } from './compare-task.js';
import { gateLines } from './gate-lines.js';
import { knownOrWhy, type ReadableArtifacts } from './stored-lines.js';

export interface Comparing {
  stores: Pick<ApiStores, 'evidence' | 'runs' | 'approvals' | 'views'>;
  artifacts: ReadableArtifacts;
  /** Of tasks that were compared before: evidence never changes. */
  compared: (evidence: Digest, work: () => Promise<TaskComparison>) => Promise<TaskComparison>;
}

/** A request held against what served when it was evaluated; all of it from evidence that is verified as it is read. */
export async function comparisonView(comparing: Comparing, request: ApprovalRequest): Promise<Comparison> {
  const { stores, artifacts } = comparing;
  const run = await stores.runs.load(request.runId);
  const evaluated = await evaluatedTasks(stores, request, run);
  const tasks: TaskComparison[] = [];
  for (const task of evaluated) tasks.push(await comparing.compared(task.evidence, () => compareTask(artifacts, task)));
  const subject = evaluated[0]?.body.champion ?? null;
  const champion = await knownOrWhy(() => championOf(stores, request, subject));
  const former = champion.status === 'known' ? champion : undefined;
  const rest = former === undefined ? whyNothing(champion) : await againstChampion(comparing, request, run, former);
  const versionId = (await stores.views.run(run.id))?.versionId ?? null;
  return {
    requestId: request.id,
    candidate: { versionId, purpose: run.plan.purpose },
    champion,
    gates: gateLines(await gateVerdictsOf(stores.evidence, request), tasks),
    tasks,
    data: rest.data,
    config: rest.config,
    cost: { candidate: costOf(request), champion: rest.cost },
    latency: {
      candidate: await latencyOf(stores, request.project, versionId),
      champion: await latencyOf(stores, request.project, former?.versionId ?? null),
    },
  };
}

async function evaluatedTasks(
  { evidence }: Comparing['stores'],
  { subject }: ApprovalRequest,
  { plan }: RunRecord,
): Promise<EvaluatedTask[]> {
  const tasks: EvaluatedTask[] = [];
  for (const id of subject.evaluations) {
    const { body, inputs } = await evidence.load(id);
    const evaluation = evaluationSchema.parse(body);
    const description = plan.evaluate.tasks.find((task) => task.id === evaluation.task.id)?.description ?? '';
    const splits = (await Promise.all(inputs.map((input) => splitsIn(evidence, input)))).flat();
    const split = splits.find(({ datasetId }) => datasetId === evaluation.dataset);
    tasks.push({ evidence: id, body: evaluation, description, split });
  }
  return tasks;
}

/** The splits in evidence of a dataset; none in evidence of another kind. */
async function splitsIn(evidence: ApiStores['evidence'], id: Digest): Promise<Split[]> {
  const { kind, body } = await evidence.load(id);
  return kind === 'dataset' ? datasetSchema.parse(body).splits : [];
}

type Champion = { versionId: string; runId: string; isLive: boolean };

async function championOf(
  { views }: Comparing['stores'],
  { project, subject: { target } }: ApprovalRequest,
  subject: Digest | null,
): Promise<Champion> {
  if (subject === null)
    throw new LifecycleError('NOT_FOUND', 'No version served under this alias yet: it is a first release.');
  const found = await views.champion({ project, alias: target.alias, subject });
  if (found !== undefined) return found;
  throw new LifecycleError('NOT_FOUND', 'The version that it was compared with is not on file under this alias.');
}

type Rest = Pick<Comparison, 'data' | 'config'> & { cost: Comparison['cost']['champion'] };

const whyNothing = (champion: Comparison['champion']): Rest => {
  const unknown = { status: 'unknown' as const, reason: champion.status === 'unknown' ? champion.reason : '' };
  return { data: unknown, config: unknown, cost: null };
};

async function againstChampion(
  { stores, artifacts }: Comparing,
  request: ApprovalRequest,
  run: RunRecord,
  champion: Champion,
): Promise<Rest> {
  const former = await stores.runs.load(champion.runId);
  const data = await knownOrWhy(async () =>
    compareData(artifacts, {
      candidate: await splitsOf(stores, request.runId),
      champion: await splitsOf(stores, champion.runId),
    }),
  );
  const config = { status: 'known' as const, changes: planChanges(former.plan, run.plan) };
  const asked = (await stores.views.run(champion.runId))?.requestId ?? null;
  const cost = asked === null ? null : costOf((await stores.approvals.load(asked)).request);
  return { data, config, cost };
}

/** What a run split its data into: its latest evidence of a dataset. */
async function splitsOf({ views, evidence }: Comparing['stores'], runId: string): Promise<Split[]> {
  const id = (await views.run(runId))?.evidence.findLast(({ kind }) => kind === 'dataset')?.id;
  if (id === undefined) throw new LifecycleError('NOT_FOUND', `No dataset of run ${runId} is on file.`);
  return splitsIn(evidence, id);
}

const costOf = ({ terms: { quote } }: ApprovalRequest): Comparison['cost']['candidate'] => ({
  costMicroUsd: quote.costMicroUsd,
  tokens: quote.tokens,
  basis: quote.basis,
});

async function latencyOf(
  { views }: Comparing['stores'],
  project: string,
  versionId: string | null,
): Promise<Comparison['latency']['candidate']> {
  const served = versionId === null ? undefined : await views.latency({ project, versionId });
  return served === undefined
    ? { status: 'unknown', reason: 'It answered nothing in the last seven days.' }
    : { status: 'known', ...served };
}

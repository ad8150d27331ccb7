import type { ApprovalFacts, ChecklistFacts } from '../../domain/checklist/facts.js';
import { readBody, readEvidence, type Stored } from '../../domain/checklist/read-evidence.js';
import { servingPeriods } from '../../domain/checklist/serving-periods.js';
import { signedFacts } from '../../domain/checklist/signed-facts.js';
import { recreationBodySchema, windowQualitySchema } from '../../domain/checklist/evidence-bodies.js';
import type { Waiver } from '../../domain/checklist/checklist-answer.js';
import { whyNotServe } from '../../domain/approvals/may-serve.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ModelVersion } from '../../domain/ports/registry-store.js';
import type { RunView } from '../../db/views/runs.js';
import type { SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

/**
 * All facts of a version that the checklist and the documents rest on. Evidence is checked against its id as it is
 * read, signatures under the trusted key.
 * @throws LifecycleError NOT_FOUND; ARTIFACT for evidence that was altered
 */
export async function checklistFacts(
  stores: ApiStores,
  keys: SigningKeys,
  asked: { project: string; versionId: string },
): Promise<ChecklistFacts> {
  const { runs, views, registry } = stores;
  const version = await registry.version(asked.project, asked.versionId);
  const [run, view, service] = await Promise.all([
    runs.load(version.runId),
    views.run(version.runId),
    views.service(asked.project, asked.versionId),
  ]);
  if (view === undefined) throw new LifecycleError('NOT_FOUND', `There is no run ${version.runId}.`);
  const periods = servingPeriods(service.moves, version.id);
  const live = periods.filter(({ until }) => until === null).map(({ alias }) => alias);
  const labelled = service.windows.findLast((window) => window.labelled > 0);
  return {
    now: service.now,
    version,
    plan: run.plan,
    planDigest: run.planDigest,
    requestedBy: run.requestedBy,
    evidence: readEvidence(await loadAll(stores, evidenceOf(view, version))),
    recreation: service.recreation && readBody(await load(stores, service.recreation), recreationBodySchema),
    fineTuneMilliseconds: fineTuneMilliseconds(await trainedIn(views, view)),
    ...(await signedOn(stores, keys, view.requestId)),
    periods,
    refusals: await refusals(stores, keys, { version, now: service.now }, live),
    windows: service.windows,
    quality: labelled === undefined ? null : readBody(await load(stores, labelled.evidence), windowQualitySchema),
  };
}

/** What the run used, and how its base model was imported. */
const evidenceOf = ({ evidence }: RunView, { trained }: ModelVersion): Digest[] => [
  ...new Set([...evidence.map(({ id }) => id), ...(trained.imported === undefined ? [] : [trained.imported.evidence])]),
];

const load = async ({ evidence }: ApiStores, id: Digest): Promise<Stored> => ({
  id,
  evidence: await evidence.load(id),
});

const loadAll = (stores: ApiStores, ids: readonly Digest[]): Promise<Stored[]> =>
  Promise.all(ids.map((id) => load(stores, id)));

async function signedOn(
  { approvals }: ApiStores,
  { instance, publicKey }: SigningKeys,
  requestId: string | null,
): Promise<{ approval: ApprovalFacts | null; waivers: Waiver[] }> {
  if (requestId === null) return { approval: null, waivers: [] };
  return signedFacts(await approvals.load(requestId), instance, publicKey);
}

/** What the gateway itself would say of each alias that points at the version. */
async function refusals(
  { released }: ApiStores,
  { instance, publicKey }: SigningKeys,
  { version, now }: { version: ModelVersion; now: string },
  aliases: readonly string[],
): Promise<ChecklistFacts['refusals']> {
  if (aliases.length === 0) return [];
  const file = await released(version.runId);
  return aliases.flatMap((alias) => {
    const reason = whyNotServe({ version, alias, released: file, now }, instance, publicKey);
    return reason === null ? [] : [{ alias, reason }];
  });
}

/** The run that trained the model: this one, or the one whose training it took over. */
async function trainedIn(views: ApiStores['views'], view: RunView): Promise<RunView> {
  const origin = view.stages.find(({ stage }) => stage === 'fine-tune')?.reusedFromRun ?? null;
  return origin === null ? view : ((await views.run(origin)) ?? view);
}

function fineTuneMilliseconds({ stages }: RunView): number | null {
  const stage = stages.find(({ stage }) => stage === 'fine-tune');
  return stage?.endedAt && stage.status !== 'skipped' ? stage.endedAt.getTime() - stage.startedAt.getTime() : null;
}

import { randomUUID, type KeyObject } from 'node:crypto';
import { bindWeights } from '../../domain/approvals/bound-model.js';
import { DECISION_PAYLOAD_TYPE, WAIVER_PAYLOAD_TYPE } from '../../domain/approvals/statement.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { signStatement } from '../../domain/evidence/dsse.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ArtifactRef } from '../../domain/ports/artifact-store.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import type { ModelVersion } from '../../domain/ports/registry-store.js';
import type { Database } from '../../db/pool.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createDecisions } from '../../db/stores/decisions.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import { INSTANCE, openRequest } from './approval-files.js';
import { PROJECT, factOf, seedRun } from './seeded-project.js';

const ALIAS = openRequest.subject.target.alias;
const AT = '2026-01-02T00:00:00.000Z';

/** An evaluation of a first release, without a score. */
const NOTHING_MEASURED = {
  task: { id: 'triage' },
  dataset: digestOf('test'),
  scores: [],
  champion: null,
  artifacts: { candidate: digestOf('answers') },
};

export interface ReleasedVersion {
  version: ModelVersion;
  request: ApprovalRequest;
}

/** A version with a request that binds it; `release` signs it and closes it. */
export async function addVersion(
  db: Database,
  weights: ArtifactRef | null = null,
  plan?: LifecyclePlan,
  over: Partial<ModelVersion['trained']> = {},
): Promise<ReleasedVersion> {
  const runId = await seedRun(db, 'email-triage', plan);
  const evidence = createEvidenceStore(db);
  const keep = (body: Record<string, unknown>) => evidence.keep(runId, 'evaluate', factOf({ runId, ...body }));
  const training = await keep({ about: 'training' });
  const trained = { provider: 'local', model: `ft:${runId}`, jobId: `job-${runId}`, weights, ...over };
  const baseModel = openRequest.subject.baseModel;
  const name = 'email-triage';
  const registered = { project: PROJECT, name, runId, trained, baseModel, evidence: training };
  const version = await createRegistryStore(db).register(registered);
  const subject = {
    ...openRequest.subject,
    weights: bindWeights(trained),
    evaluations: [await keep({ about: 'evaluation', ...NOTHING_MEASURED })],
    gateVerdicts: await keep({ about: 'gates', gates: [] }),
    dataAnswers: await keep({ about: 'answers' }),
  };
  const { terms, policyDigest } = openRequest;
  const subjectDigest = digestOf({ subject, terms });
  const bound = { id: `${runId}-release`, runId, project: PROJECT, subject, terms, subjectDigest, policyDigest };
  const request = await createApprovalStore(db).open({ ...bound, expiresAfterMilliseconds: 60_000 });
  return { version, request };
}

/** Ruth and leo sign, leo waives, and the request is closed as approved. */
export async function release(db: Database, { request }: ReleasedVersion, key: KeyObject): Promise<void> {
  const decisions = createDecisions(db);
  const { id: requestId, subjectDigest, policyDigest } = request;
  const authn = { method: 'token', at: AT };
  const reason = 'the evidence holds';
  const signed = { instance: INSTANCE, requestId, subjectDigest, policyDigest, reason, authn, decidedAt: AT };
  for (const [principal, role] of [
    ['ruth', 'risk'],
    ['leo', 'legal'],
  ] as const) {
    const said = { principal, role, stage: 'release', verdict: 'approve' as const, reason };
    const envelope = signStatement(DECISION_PAYLOAD_TYPE, { ...signed, ...said, meaning: 'I approve' }, key);
    await decisions.recordDecision({ requestId, subjectDigest, ...said, envelope });
  }
  const until = '2999-01-01T00:00:00.000Z';
  const waived = { principal: 'leo', role: 'legal', question: 'QD3', purpose: 'demonstration', until };
  const envelope = signStatement(WAIVER_PAYLOAD_TYPE, { ...signed, ...waived }, key);
  await decisions.recordWaiver({ requestId, ...waived, reason, envelope });
  await createApprovalStore(db).close(requestId, 'approved', 'test');
}

/** Points the alias at these versions, by weight; the first one is champion. */
export async function point(db: Database, shares: [ReleasedVersion, weight: number][]): Promise<void> {
  const registry = createRegistryStore(db);
  const { revision } = await registry.route(PROJECT, ALIAS);
  const [first] = shares;
  if (first === undefined) throw new Error('an alias points at something');
  await registry.move({
    project: PROJECT,
    alias: ALIAS,
    expectedRevision: revision,
    routes: shares.map(([{ version }, weight]) => ({ versionId: version.id, weight })),
    champion: first[0].version.id,
    runId: first[0].version.runId,
    requestId: first[0].request.id,
    reason: 'test',
    key: randomUUID(),
  });
}

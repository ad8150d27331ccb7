import { randomUUID } from 'node:crypto';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { Evidence } from '../../domain/evidence/evidence.js';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ApprovalRequest } from '../../domain/ports/approval-store.js';
import type { ModelVersion } from '../../domain/ports/registry-store.js';
import type { Database } from '../../db/pool.js';
import { createAccounts } from '../../db/stores/accounts.js';
import { createApprovalStore } from '../../db/stores/approval-store.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createRegistryStore } from '../../db/stores/registry-store.js';
import type { NewRun } from '../../db/stores/insert-run.js';
import { createRunRequests } from '../../db/stores/run-requests.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { openRequest } from './approval-files.js';
import { asOwner } from './postgres.js';

export const PROJECT = 'default';
const BY = 'test';

/** Only what the database looks at of a plan. */
export const planOf = (name: string): LifecyclePlan => ({ apiVersion: 'assay/v1', name }) as LifecyclePlan;

export const factOf = (body: Record<string, unknown>, inputs: Evidence['inputs'] = []): Evidence => ({
  kind: 'training',
  subject: digestOf('subject'),
  producer: { name: 'test', version: '1' },
  inputs,
  body,
});

/** A project with ada, who asks, and ruth (risk) and leo (legal), who sign. */
export const seedProject = (db: Database): Promise<void> =>
  asOwner(db, async (owner) => {
    const accounts = createAccounts(owner);
    await accounts.ensureProject(PROJECT, BY);
    for (const [id, role] of [
      ['ada', 'ml-lead'],
      ['ruth', 'risk'],
      ['leo', 'legal'],
    ] as const) {
      await accounts.ensurePrincipal({ id, kind: 'person', displayName: id }, BY);
      await accounts.grantRole({ principal: id, project: PROJECT, role }, BY);
    }
  });

/** A running run of this lifecycle. */
export async function seedRun(
  db: Database,
  name = 'email-triage',
  plan = planOf(name),
  over: Partial<NewRun> = {},
): Promise<string> {
  const { runId } = await createRunRequests(db).requestRun({
    project: PROJECT,
    plan,
    planDigest: digestOf(plan),
    requestedBy: 'ada',
    startKey: randomUUID(),
    ...over,
  });
  await createRunStore(db).begin(runId);
  return runId;
}

/** An open request of a run. */
export const seedRequest = (
  db: Database,
  runId: string,
  expiresAfterMilliseconds = 60_000,
): Promise<ApprovalRequest> => {
  const { openedAt: _openedAt, expiresAt: _expiresAt, state: _state, ...request } = openRequest;
  return createApprovalStore(db).open({
    ...request,
    id: `${runId}-release`,
    runId,
    project: PROJECT,
    expiresAfterMilliseconds,
  });
};

/** A registered version of a new run, with an open request that its routes may name. */
export async function seedVersion(db: Database, name = 'email-triage'): Promise<ModelVersion & { requestId: string }> {
  const runId = await seedRun(db, name);
  const request = await seedRequest(db, runId);
  const evidence = await createEvidenceStore(db).keep(runId, 'fine-tune', factOf({ runId }));
  const version = await createRegistryStore(db).register({
    project: PROJECT,
    name,
    runId,
    trained: { provider: 'local', model: `ft:${runId}`, jobId: `job-${runId}`, weights: null },
    baseModel: 'local/linear-ngram',
    evidence,
  });
  return { ...version, requestId: request.id };
}

import type { Pool } from 'pg';
import { createApprovalActivities } from '../../../activities/approvals.js';
import { digestOf } from '../../../domain/evidence/canonical.js';
import type { ApprovalPolicy } from '../../../domain/kernel/approval-policy.js';
import { isLifecycleError } from '../../../domain/kernel/errors.js';
import type { ApprovalRequest } from '../../../domain/ports/approval-store.js';
import type { Database } from '../../../db/pool.js';
import { createApprovalStore } from '../../../db/stores/approval-store.js';
import { createEvidenceStore } from '../../../db/stores/evidence-store.js';
import { createRegistryStore } from '../../../db/stores/registry-store.js';
import { createRunStore } from '../../../db/stores/run-store.js';
import { INSTANCE } from '../approval-files.js';
import { signingKeys } from '../api-under-test.js';
import { factOf, PROJECT, seedRun } from '../seeded-project.js';
import { SERVICE } from './arbitraries.js';
import { mayRelease, type Moment, type Verdict, type Word } from './model.js';
import { requestOf } from './signed-rows.js';

/** A request in the database, about evidence that is on file. */
export async function openStored(
  db: Database,
  policy: ApprovalPolicy,
  parts: Moment['parts'],
): Promise<ApprovalRequest> {
  const runId = await seedRun(db);
  const fact = await createEvidenceStore(db).keep(runId, 'evaluate', factOf({ runId }));
  const { subject: drawn, terms } = requestOf({ policy, parts }, 0, 0);
  const subject = { ...drawn, evaluations: [fact], gateVerdicts: fact, dataAnswers: fact };
  return createApprovalStore(db).open({
    id: `${runId}-release`,
    runId,
    project: PROJECT,
    subject,
    terms,
    subjectDigest: digestOf({ subject, terms }),
    policyDigest: digestOf(policy),
    expiresAfterMilliseconds: 3_600_000,
  });
}

/** A worker that looks at a request as the approval's workflow has it do, and ends it where that is decided. */
export function createLooker(db: Database) {
  const approvals = createApprovalStore(db);
  const activities = createApprovalActivities({
    runs: createRunStore(db),
    evidence: createEvidenceStore(db),
    approvals,
    registry: createRegistryStore(db),
    instance: INSTANCE,
    decisionPublicKey: signingKeys.publicKey,
  });
  return async (requestId: string): Promise<void> => {
    const { outcome, reason } = await activities.considerDecision({ requestId, decisionId: null });
    if (outcome === 'pending') return;
    await activities.closeApproval({ requestId, state: outcome, reason }).catch((error: unknown) => {
      // Two workers that looked at different moments: the first end stands.
      if (!isLifecycleError(error, 'CONFLICT')) throw error;
    });
  };
}

/** As the table has it: what was taken back, and that it was, are rows too. */
type StoredWord = Word & { id: string; supersedes: string | null; isWithdrawal: boolean };

/** What the rules say of the rows, read by nothing of the product. */
export async function rulesOf(
  pool: Pool,
  { id, openedAt, terms }: ApprovalRequest,
  parts: Moment['parts'],
): Promise<Verdict> {
  const { rows: said } = await pool.query<StoredWord>(
    `select d.id, d.principal as who, d.stage, d.role, d.via, d.verdict, d.verdict = 'withdraw' as "isWithdrawal", d.supersedes,
       extract(epoch from d.decided_at)::float8 * 1000 as at,
       case when g.id is not null then jsonb_build_object('from', g.delegator, 'to', g.delegate, 'role', g.role,
         'startsAt', extract(epoch from g.starts_at) * 1000, 'endsAt', extract(epoch from g.ends_at) * 1000,
         'takenBackAt', extract(epoch from g.revoked_at) * 1000) end as lent
     from decision d left join delegation g on g.id = d.delegation where d.request_id = $1`,
    [id],
  );
  const { rows: grants } = await pool.query<{ held: string }>(
    `select principal || '/' || role as held from role_grant where project = $1 and revoked_at is null`,
    [PROJECT],
  );
  const held = new Set(grants.map((grant) => grant.held));
  const words = said.filter((word) => !word.isWithdrawal && !said.some(({ supersedes }) => supersedes === word.id));
  const moment: Moment = {
    policy: terms.policy,
    openedAt: Date.parse(openedAt),
    parts,
    services: [SERVICE],
    holds: (who, role) => held.has(`${who}/${role}`),
  };
  return mayRelease(moment, words);
}

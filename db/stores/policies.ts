import { and, desc, eq } from 'drizzle-orm';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { ApprovalPolicy } from '../../domain/kernel/approval-policy.js';
import type { Digest } from '../../domain/kernel/digest.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { policy } from '../schema/policy.js';

export type PolicyVersion = typeof policy.$inferSelect;

/** Policies as people used them: a name and a version stand for one content. */
export interface Policies {
  /** Keeps a policy that somebody uses. @throws CONFLICT where the version stands for another content */
  keep(used: { project: string; body: ApprovalPolicy; by: string }): Promise<PolicyVersion>;
  /** By name, the latest version first. */
  list(project: string): Promise<PolicyVersion[]>;
  /** Undefined where nobody with the right to start runs has used a policy of this digest. */
  byDigest(project: string, digest: Digest): Promise<PolicyVersion | undefined>;
}

const MOST = 500;

export const createPolicies = (db: Database): Policies =>
  translated<Policies>({
    keep: (used) => db.transaction((tx) => keepPolicy(tx, used)),
    list: (project) =>
      db
        .select()
        .from(policy)
        .where(eq(policy.project, project))
        .orderBy(policy.name, desc(policy.version))
        .limit(MOST),
    byDigest: async (project, digest) =>
      (
        await db
          .select()
          .from(policy)
          .where(and(eq(policy.project, project), eq(policy.digest, digest)))
      )[0],
  });

async function keepPolicy(
  tx: Transaction,
  { project, body, by }: { project: string; body: ApprovalPolicy; by: string },
): Promise<PolicyVersion> {
  const { name, version } = body;
  const digest = digestOf(body);
  const row = { project, name, version, digest, body, recordedBy: by };
  const [made] = await tx.insert(policy).values(row).onConflictDoNothing().returning();
  if (made !== undefined) {
    const subject = `${name}@${version}`;
    const key = `${project}/${name}/${version}`;
    await recordEvent(tx, { project, actor: by, action: 'policy.recorded', subject, details: { digest }, key });
    return made;
  }
  const isThis = and(eq(policy.project, project), eq(policy.name, name), eq(policy.version, version));
  const [known] = await tx.select().from(policy).where(isThis);
  if (known?.digest === digest) return known;
  throw new LifecycleError(
    'CONFLICT',
    `Version ${version} of the policy ${name} is on file with another content. Count its version up: what people signed under it stays what it was.`,
    { policy: `${name}@${version}`, asked: digest },
  );
}

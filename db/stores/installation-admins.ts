import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { principal } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { installationAdmin } from '../schema/sign-in.js';

export interface InstallationAdmins {
  /** Whether there is one, those of the demonstration aside. */
  exist(): Promise<boolean>;
  grant(principalId: string, by: string): Promise<void>;
  /** @throws CONFLICT for the last one */
  revoke(principalId: string, by: string): Promise<void>;
}

export const createInstallationAdmins = (db: Database): InstallationAdmins =>
  translated<InstallationAdmins>({
    exist: () => adminsExist(db),
    grant: (id, by) => db.transaction((tx) => grantAdmin(tx, id, by)),
    revoke: (id, by) => db.transaction((tx) => revokeAdmin(tx, id, by)),
  });

export async function adminsExist(db: Database | Transaction): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from ${installationAdmin} join ${principal} on ${principal.id} = ${installationAdmin.principal}
    where ${installationAdmin.revokedAt} is null and not ${principal.isDemo} limit 1`);
  return rows.length > 0;
}

/** Until the end of the transaction nobody else becomes, or ceases to be, an admin. */
export async function lockAdmins(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('installation-admins', 0))`);
}

export async function grantAdmin(tx: Transaction, id: string, by: string): Promise<void> {
  await lockAdmins(tx);
  const [made] = await tx
    .insert(installationAdmin)
    .values({ principal: id })
    .onConflictDoNothing()
    .returning({ id: installationAdmin.id });
  if (made === undefined) return;
  await recordEvent(tx, { project: null, actor: by, action: 'admin.granted', subject: id, key: String(made.id) });
}

/** Changes nothing for somebody who is none. */
export async function revokeAdmin(tx: Transaction, id: string, by: string): Promise<void> {
  await lockAdmins(tx);
  const [revoked] = await tx
    .update(installationAdmin)
    .set({ revokedAt: clock })
    .where(and(eq(installationAdmin.principal, id), isNull(installationAdmin.revokedAt)))
    .returning({ id: installationAdmin.id });
  if (revoked === undefined) return;
  if (!(await adminsExist(tx)))
    throw new LifecycleError('CONFLICT', `${id} is the last admin of the installation. Make another one first.`);
  await recordEvent(tx, { project: null, actor: by, action: 'admin.revoked', subject: id, key: String(revoked.id) });
}

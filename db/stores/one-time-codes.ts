import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { principal } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { oneTimeCode } from '../schema/sign-in.js';
import { adminsExist, grantAdmin, lockAdmins } from './installation-admins.js';
import { setPassword } from './local-passwords.js';

export interface FirstAdmin {
  /** SHA-256 of the code that was typed. */
  codeSha256: string;
  account: string;
  displayName: string;
  /** Of the password, in PHC form. */
  hash: string;
}

/** Codes that count once, for a while; only their hash is kept. */
export interface OneTimeCodes {
  /** A code by which this person sets their password, for three days. */
  issueForPassword(code: { sha256: string; principal: string }, by: string): Promise<{ expiresAt: Date }>;
  /** Sets the password of whomever the code is for. @throws NOT_ALLOWED for a code that does not count */
  usePasswordCode(code: { sha256: string; hash: string }): Promise<{ principal: string; displayName: string }>;
  /** @throws NOT_ALLOWED for a code that does not count; CONFLICT where there is an admin, or such a principal */
  useFirstAdminCode(first: FirstAdmin): Promise<void>;
}

const OWNER_ACTOR = 'assay-owner';

export const createOneTimeCodes = (db: Database): OneTimeCodes =>
  translated<OneTimeCodes>({
    issueForPassword: (code, by) => db.transaction((tx) => issue(tx, { ...code, purpose: 'password', hours: 72 }, by)),
    usePasswordCode: ({ sha256, hash }) =>
      db.transaction(async (tx) => {
        const { id, principal: holder } = await take(tx, sha256, 'password');
        const [known] = await tx
          .select({ principal: principal.id, displayName: principal.displayName })
          .from(principal)
          .where(and(eq(principal.id, holder ?? ''), isNull(principal.deactivatedAt)));
        if (known === undefined) throw doesNotCount();
        await recordEvent(tx, { project: null, actor: known.principal, action: 'code.used', subject: id });
        await setPassword(tx, { principal: known.principal, hash, by: known.principal });
        return known;
      }),
    useFirstAdminCode: ({ codeSha256, account, displayName, hash }) =>
      db.transaction(async (tx) => {
        await lockAdmins(tx);
        const { id } = await take(tx, codeSha256, 'first-admin');
        if (await adminsExist(tx))
          throw new LifecycleError('CONFLICT', 'There is an admin already. Ask them to make you another one.');
        const one = { id: account, kind: 'person', displayName } as const;
        const made = await tx.insert(principal).values(one).onConflictDoNothing().returning();
        if (made.length === 0) throw new LifecycleError('CONFLICT', `There is already a principal ${account}.`);
        const event = { project: null, actor: account } as const;
        await recordEvent(tx, { ...event, action: 'code.used', subject: id });
        const details = { kind: one.kind, isDemo: false };
        await recordEvent(tx, { ...event, action: 'principal.created', subject: account, details });
        await setPassword(tx, { principal: account, hash, by: account });
        await grantAdmin(tx, account, account);
      }),
  });

/** A code for the first admin, for an hour, made by who owns the database. @throws CONFLICT where there is an admin */
export const issueForFirstAdmin = (db: Database, sha256: string): Promise<{ expiresAt: Date }> =>
  db.transaction(async (tx) => {
    if (await adminsExist(tx))
      throw new LifecycleError('CONFLICT', 'There is an admin already: `assay accounts list` shows who.');
    return issue(tx, { sha256, principal: null, purpose: 'first-admin', hours: 1 }, OWNER_ACTOR);
  });

interface NewCode {
  sha256: string;
  principal: string | null;
  purpose: 'first-admin' | 'password';
  hours: number;
}

async function issue(tx: Transaction, { hours, ...code }: NewCode, by: string): Promise<{ expiresAt: Date }> {
  const [made] = await tx
    .insert(oneTimeCode)
    .values({ ...code, expiresAt: sql`clock_timestamp() + make_interval(hours => ${hours})` })
    .returning({ id: oneTimeCode.id, expiresAt: oneTimeCode.expiresAt });
  if (made === undefined) throw new TypeError('a code was not made');
  const details = { purpose: code.purpose, principal: code.principal };
  await recordEvent(tx, { project: null, actor: by, action: 'code.issued', subject: made.id, details });
  return { expiresAt: made.expiresAt };
}

async function take(tx: Transaction, sha256: string, purpose: NewCode['purpose']) {
  const [taken] = await tx
    .update(oneTimeCode)
    .set({ usedAt: clock })
    .where(
      and(
        eq(oneTimeCode.sha256, sha256),
        eq(oneTimeCode.purpose, purpose),
        isNull(oneTimeCode.usedAt),
        sql`${oneTimeCode.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: oneTimeCode.id, principal: oneTimeCode.principal });
  if (taken === undefined) throw doesNotCount();
  return taken;
}

const doesNotCount = (): LifecycleError =>
  new LifecycleError(
    'NOT_ALLOWED',
    'This code does not count: it is wrong, was used, or is too old. Ask for a new one.',
  );

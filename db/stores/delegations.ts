import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Envelope } from '../../domain/evidence/dsse.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { principal, roleGrant } from '../schema/account.js';
import { delegation } from '../schema/delegation.js';

export type Delegation = typeof delegation.$inferSelect;

export interface NewDelegation {
  project: string;
  delegator: string;
  delegate: string;
  role: string;
  /** ISO 8601. */
  from: string;
  until: string;
  reason: string;
  envelope: Envelope;
}

/** Who signs for whom. */
export interface Delegations {
  /** @throws CONFLICT where the delegate is no person with a part in the project. */
  recordDelegation(asked: NewDelegation): Promise<Delegation>;
  /** Those that a person gave or was given, the latest first. */
  list(project: string, of: string): Promise<Delegation[]>;
  /** @throws NOT_FOUND where it is none that they gave; CONFLICT where it was taken back. */
  revoke(id: string, by: string): Promise<Delegation>;
  /** Those that let somebody sign now, for people who hold the role now. */
  toNow(project: string, delegate: string): Promise<{ id: string; delegator: string; role: string }[]>;
  /** The database's clock, ISO 8601. */
  now(): Promise<string>;
}

const LATEST = 200;

export const createDelegations = (db: Database): Delegations =>
  translated<Delegations>({
    recordDelegation: (asked) => db.transaction((tx) => insertDelegation(tx, asked)),
    list: (project, of) =>
      db
        .select()
        .from(delegation)
        .where(and(eq(delegation.project, project), or(eq(delegation.delegator, of), eq(delegation.delegate, of))))
        .orderBy(desc(delegation.recordedAt))
        .limit(LATEST),
    revoke: (id, by) => db.transaction((tx) => takeBack(tx, id, by)),
    toNow: (project, delegate) => heldFor(db, project, delegate),
    async now() {
      const { rows } = await db.execute<{ now: Date }>(sql`select clock_timestamp() as now`);
      return new Date(rows[0]?.now ?? 0).toISOString();
    },
  });

async function heldFor(db: Database, project: string, delegate: string) {
  const { id, delegator, role } = delegation;
  const isHeld = sql`exists (select 1 from ${roleGrant} g where g.principal = ${delegator} and g.role = ${role}
    and g.project = ${project} and g.revoked_at is null)`;
  return db
    .select({ id, delegator, role })
    .from(delegation)
    .where(
      and(
        eq(delegation.project, project),
        eq(delegation.delegate, delegate),
        isNull(delegation.revokedAt),
        sql`clock_timestamp() >= ${delegation.startsAt} and clock_timestamp() < ${delegation.endsAt}`,
        isHeld,
      ),
    )
    .orderBy(delegation.id);
}

async function insertDelegation(tx: Transaction, asked: NewDelegation): Promise<Delegation> {
  const { from, until, ...row } = asked;
  await requirePerson(tx, asked);
  const [made] = await tx
    .insert(delegation)
    .values({ ...row, startsAt: new Date(from), endsAt: new Date(until) })
    .returning();
  if (made === undefined) throw new LifecycleError('INTERNAL', 'Postgres stored a row and named none.');
  const { project, delegator: actor, delegate, role } = asked;
  const details = { delegate, role, from, until };
  await recordEvent(tx, { project, actor, action: 'delegation.recorded', subject: made.id, details });
  return made;
}

async function requirePerson(tx: Transaction, { delegate, project }: NewDelegation): Promise<void> {
  const [known] = await tx
    .select({ kind: principal.kind })
    .from(principal)
    .innerJoin(roleGrant, and(eq(roleGrant.principal, principal.id), isNull(roleGrant.revokedAt)))
    .where(and(eq(principal.id, delegate), eq(roleGrant.project, project)))
    .limit(1);
  if (known?.kind === 'person') return;
  throw new LifecycleError(
    'CONFLICT',
    `${delegate} is no person with a part in ${project}, and could not see what they would sign. Give them a role first; viewer is enough.`,
  );
}

async function takeBack(tx: Transaction, id: string, by: string): Promise<Delegation> {
  const [known] = await tx.select().from(delegation).where(eq(delegation.id, id)).for('update');
  if (known?.delegator !== by) throw new LifecycleError('NOT_FOUND', `You gave no delegation ${id}.`);
  if (known.revokedAt !== null) throw new LifecycleError('CONFLICT', `The delegation ${id} was already taken back.`);
  const [revoked] = await tx
    .update(delegation)
    .set({ revokedAt: sql`clock_timestamp()`, revokedBy: by })
    .where(eq(delegation.id, id))
    .returning();
  const { project, delegate, role } = known;
  const event = { project, actor: by, action: 'delegation.revoked', subject: id } as const;
  await recordEvent(tx, { ...event, details: { delegate, role } });
  return revoked ?? known;
}

import { createHash } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { principal } from '../schema/account.js';
import { clock } from '../schema/columns.js';
import { principalEmail, principalIdentity } from '../schema/sign-in.js';

/** Somebody of whom an identity provider says who they are. */
export interface ProvenIdentity {
  issuer: string;
  subject: string;
  name: string | undefined;
  /** Verified, in lower case. */
  email: string | undefined;
}

export interface Identities {
  /**
   * Who this is here: always the same principal for a subject of an issuer. At the first sign-in it is the one that an
   * admin has prepared for the verified address, else a new one, who may nothing yet.
   * @throws NOT_ALLOWED where they are deactivated
   */
  resolve(identity: ProvenIdentity): Promise<{ principal: string }>;
}

export const createIdentities = (db: Database): Identities =>
  translated<Identities>({
    resolve: (identity) =>
      db.transaction(async (tx) => {
        const lock = `identity/${JSON.stringify([identity.issuer, identity.subject])}`;
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
        const id = (await known(tx, identity)) ?? (await link(tx, identity));
        const [found] = await tx.select({ off: principal.deactivatedAt }).from(principal).where(eq(principal.id, id));
        if (found === undefined || found.off !== null)
          throw new LifecycleError('NOT_ALLOWED', 'This account is deactivated. Ask an admin of the installation.');
        return { principal: id };
      }),
  });

async function known(tx: Transaction, { issuer, subject }: ProvenIdentity): Promise<string | undefined> {
  const isIt = and(eq(principalIdentity.issuer, issuer), eq(principalIdentity.subject, subject));
  const [found] = await tx.select({ id: principalIdentity.principal }).from(principalIdentity).where(isIt);
  return found?.id;
}

async function link(tx: Transaction, identity: ProvenIdentity): Promise<string> {
  const { issuer, subject, email } = identity;
  const id = (email === undefined ? undefined : await prepared(tx, email)) ?? (await newcomer(tx, identity));
  const [linked] = await tx
    .insert(principalIdentity)
    .values({ issuer, subject, principal: id })
    .returning({ id: principalIdentity.id });
  if (linked === undefined) throw new TypeError('an identity was not linked');
  const event = { project: null, actor: id, action: 'identity.linked', subject: id, key: linked.id } as const;
  await recordEvent(tx, { ...event, details: { issuer } });
  return id;
}

/** Whom an admin has prepared for this address; it counts once, so that an address given to another takes nobody over. */
async function prepared(tx: Transaction, email: string): Promise<string | undefined> {
  const [taken] = await tx
    .update(principalEmail)
    .set({ linkedAt: clock })
    .where(and(eq(principalEmail.email, email), isNull(principalEmail.linkedAt)))
    .returning({ id: principalEmail.principal });
  return taken?.id;
}

async function newcomer(tx: Transaction, identity: ProvenIdentity): Promise<string> {
  const id = idOf(identity);
  const one = { id, kind: 'person', displayName: displayNameOf(identity, id) } as const;
  await tx.insert(principal).values(one);
  const details = { kind: one.kind, isDemo: false };
  await recordEvent(tx, { project: null, actor: id, action: 'principal.created', subject: id, details });
  return id;
}

const MOST_SLUG = 40;
const MOST_NAME = 200;

/** Readable, and nobody else's: the name that the provider gives, and a digest of who it is there. */
function idOf({ issuer, subject, name, email }: ProvenIdentity): string {
  const slug = (email?.split('@')[0] ?? name ?? 'person')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_SLUG)
    .replace(/^-+|-+$/g, '');
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 8);
  return slug === '' ? `person-${digest}` : `${slug}-${digest}`;
}

/** On one line, without what hides or reorders text. */
function displayNameOf({ name }: ProvenIdentity, id: string): string {
  const plain = (name ?? '').replace(/\p{C}|\u2028|\u2029|\u115f|\u1160|\u3164|\uffa0|\ufe0f|\u034f/gu, '').trim();
  return plain === '' ? id : plain.slice(0, MOST_NAME);
}

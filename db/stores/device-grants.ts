import { and, eq, isNull, sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { clock } from '../schema/columns.js';
import { deviceGrant } from '../schema/sign-in.js';
import { createAccounts } from './accounts.js';

/** Seconds between two polls of one device. */
export const POLL_SECONDS = 5;
const LIFE = sql`interval '10 minutes'`;
const TOKEN_LIFE_MILLISECONDS = 12 * 3_600_000;

/** What a device is told while it has no token, in the words of RFC 8628 §3.5. */
export type DeviceRefusal = 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token';

export interface DeviceLine {
  label: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date;
}

/** Both codes are known by their hashes alone. */
export interface DeviceGrants {
  open(device: {
    deviceSha256: string;
    userSha256: string;
    label: string;
    scopes: string[];
  }): Promise<{ expiresAt: Date }>;
  /** What waits under the code that a person typed. @throws NOT_FOUND where nothing does */
  find(userSha256: string): Promise<DeviceLine>;
  /** Lets the device in as this person, or not. @throws NOT_FOUND where nothing waits under the code */
  settle(
    userSha256: string,
    by: { principal: string; authenticatedAt: string; isDenied: boolean },
  ): Promise<DeviceLine>;
  /** Gives the device its token once; `tokenSha256` is the hash of what it is given. */
  poll(
    deviceSha256: string,
    tokenSha256: string,
  ): Promise<{ refusal: DeviceRefusal } | { principal: string; scopes: string[]; expiresAt: Date }>;
}

export const createDeviceGrants = (db: Database): DeviceGrants =>
  translated<DeviceGrants>({
    open: async (device) => {
      const [made] = await db
        .insert(deviceGrant)
        .values({ ...device, expiresAt: sql`clock_timestamp() + ${LIFE}` })
        .returning({ expiresAt: deviceGrant.expiresAt });
      if (made === undefined) throw new TypeError('a device was not noted');
      return made;
    },
    find: async (userSha256) => {
      const [found] = await db.select(LINE).from(deviceGrant).where(waits(userSha256));
      if (found === undefined) throw nothingWaits();
      return found;
    },
    settle: (userSha256, by) => db.transaction((tx) => settle(tx, userSha256, by)),
    poll: (deviceSha256, tokenSha256) => db.transaction((tx) => poll(tx, deviceSha256, tokenSha256)),
  });

const LINE = {
  label: deviceGrant.label,
  scopes: deviceGrant.scopes,
  createdAt: deviceGrant.createdAt,
  expiresAt: deviceGrant.expiresAt,
};

const waits = (userSha256: string) =>
  and(
    eq(deviceGrant.userSha256, userSha256),
    isNull(deviceGrant.confirmedBy),
    isNull(deviceGrant.deniedAt),
    sql`${deviceGrant.expiresAt} > clock_timestamp()`,
  );

const nothingWaits = (): LifecycleError =>
  new LifecycleError('NOT_FOUND', 'No device waits under this code: it is wrong, was used, or is too old.');

async function settle(
  tx: Transaction,
  userSha256: string,
  by: Parameters<DeviceGrants['settle']>[1],
): Promise<DeviceLine> {
  const { principal, authenticatedAt, isDenied } = by;
  const change = isDenied
    ? { deniedAt: clock }
    : { confirmedBy: principal, authenticatedAt: new Date(authenticatedAt) };
  const [settled] = await tx
    .update(deviceGrant)
    .set(change)
    .where(waits(userSha256))
    .returning({ ...LINE, id: deviceGrant.id });
  if (settled === undefined) throw nothingWaits();
  const { id, ...line } = settled;
  const event = { project: null, actor: principal, action: 'device.confirmed', subject: id } as const;
  if (!isDenied) await recordEvent(tx, { ...event, details: { scopes: line.scopes } });
  return line;
}

async function poll(tx: Transaction, deviceSha256: string, tokenSha256: string): ReturnType<DeviceGrants['poll']> {
  const [grant] = await tx
    .select({
      id: deviceGrant.id,
      label: deviceGrant.label,
      scopes: deviceGrant.scopes,
      confirmedBy: deviceGrant.confirmedBy,
      authenticatedAt: deviceGrant.authenticatedAt,
      isDenied: sql<boolean>`${deviceGrant.deniedAt} is not null`,
      isOver: sql<boolean>`${deviceGrant.expiresAt} <= clock_timestamp() or ${deviceGrant.usedAt} is not null`,
      isSoon: sql<boolean>`coalesce(${deviceGrant.lastPolledAt} > clock_timestamp() - make_interval(secs => ${POLL_SECONDS - 1}), false)`,
    })
    .from(deviceGrant)
    .where(eq(deviceGrant.deviceSha256, deviceSha256))
    .for('update');
  if (grant === undefined || grant.isOver) return { refusal: 'expired_token' };
  if (grant.isDenied) return { refusal: 'access_denied' };
  const isIt = eq(deviceGrant.id, grant.id);
  const { confirmedBy: principal, authenticatedAt, label, scopes } = grant;
  if (principal === null || authenticatedAt === null) {
    await tx.update(deviceGrant).set({ lastPolledAt: clock }).where(isIt);
    return { refusal: grant.isSoon ? 'slow_down' : 'authorization_pending' };
  }
  await tx.update(deviceGrant).set({ usedAt: clock }).where(isIt);
  const expiresAt = new Date(Date.now() + TOKEN_LIFE_MILLISECONDS);
  const token = { principal, sha256: tokenSha256, label, scopes, expiresAt, authenticatedAt };
  await createAccounts(tx).createToken(token, principal);
  return { principal, scopes, expiresAt };
}

import type { KeyObject } from 'node:crypto';
import { createCheckpointer } from '../../db/audit/checkpoint.js';
import { releaseLeases } from '../../db/audit/lease.js';
import { listenForEvents } from '../../db/audit/listen.js';
import { sequence } from '../../db/audit/sequencer.js';
import type { Database } from '../../db/pool.js';
import { forgetAnswers } from '../../db/stores/answer-once.js';
import { forgetSignIns } from '../../db/stores/sessions.js';
import { expireTasks } from '../../db/stores/expire-tasks.js';
import { createServedRequests } from '../../db/stores/served-requests.js';
import { noteLapsed } from '../../db/stores/validity.js';
import { createNotificationOutbox } from '../../db/stores/notification-outbox.js';
import { RETRY_DELAYS_MILLISECONDS } from '../../domain/notifications/retries.js';
import type { CheckpointCopies } from '../../domain/ports/checkpoint-copies.js';
import type { Messenger } from '../../domain/ports/messenger.js';
import { createCopier } from './copier.js';
import { createDelivery } from './delivery.js';
import { createLeadership, LEASE_MILLISECONDS } from './leadership.js';
import { startLoop } from './loop.js';
import { createNotificationSender } from './notification-sender.js';
import type { Transports } from './send-notification.js';

/** Most of a batch's price is the same for one event and for thousands: who is behind catches up. */
const BATCH = 4_000;
const IDLE_MILLISECONDS = 1_000;
/** Under load, events are chained and told about together: at most so often. */
const GATHER_MILLISECONDS = 10;
/** How far apart checkpoints are, at least; after a decision one is signed at once. */
const SIGN_MILLISECONDS = 250;
/** Events that an open transaction holds back are looked for after so long, then after twice as long each time. */
const BEHIND_MILLISECONDS = 10;
/** Approvals that run out are looked for so often. */
const WATCH_MILLISECONDS = 30_000;
const DAY_MILLISECONDS = 86_400_000;
/** A database that no worker has looked at for a week still finds the partition of the day. */
const PARTITION_DAYS_AHEAD = 7;
/** Callers are promised a day. */
const ANSWERS_KEPT_MILLISECONDS = 7 * DAY_MILLISECONDS;
const DELIVERIES_KEPT_MILLISECONDS = 30 * DAY_MILLISECONDS;

/**
 * What one worker at a time does for all: chains audit events, signs checkpoints of them and copies these; tells
 * workflows about rows that concern them, and channels about events; makes the partitions of the days ahead, and forgets
 * what was kept long enough. Every part may be repeated, and none waits for another: events are chained while Temporal is
 * away. A lease for each part decides who leads.
 */
export function startHousekeeping(options: {
  db: Database;
  databaseUrl: string;
  holder: string;
  origin: string;
  logKey: KeyObject;
  /** Where checkpoints are copied to. */
  copies: readonly CheckpointCopies[];
  messenger: Messenger;
  /** What channels are told by. */
  transports: Omit<Transports, 'clock'>;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const { db, databaseUrl, holder, messenger, onError } = options;
  const checkpoint = createCheckpointer(db, { origin: options.origin, privateKey: options.logKey });
  const leads = createLeadership(db, { name: 'housekeeping', holder });
  const leadsDelivery = createLeadership(db, { name: 'delivery', holder });
  const leadsNotifying = createLeadership(db, { name: 'notifications', holder });
  let patienceMilliseconds = BEHIND_MILLISECONDS;

  async function chain(): Promise<number> {
    if (!(await leads())) return IDLE_MILLISECONDS;
    const asked = { holder, limit: BATCH, leaseMilliseconds: LEASE_MILLISECONDS };
    const { chained, isBehind, isDecisive } = await sequence(db, asked);
    if (chained > 0) [delivering, signing].forEach((loop) => loop.wake());
    if (isDecisive) await signNow().catch(onError);
    if (chained === BATCH) return 0;
    patienceMilliseconds = isBehind && chained === 0 ? patienceMilliseconds * 2 : BEHIND_MILLISECONDS;
    return isBehind ? Math.min(patienceMilliseconds, IDLE_MILLISECONDS) : IDLE_MILLISECONDS;
  }

  /** Also without new leaves: a leader may have died between chaining and signing. */
  async function sign(): Promise<number> {
    if (await leads()) await signNow();
    return IDLE_MILLISECONDS;
  }

  /** Tasks whose time has come, until none is left. */
  const expire = async (): Promise<number> => ((await leads()) && (await expireTasks(db)) > 0 ? 0 : IDLE_MILLISECONDS);

  async function signNow(): Promise<void> {
    if ((await checkpoint()) === undefined) return;
    for (const { copier, loop } of copying) if (!copier.isFailing()) loop.wake();
  }

  /** By the leader alone: two that make the same partitions block each other. */
  async function turnTheDay(): Promise<number> {
    if (!(await leads())) return IDLE_MILLISECONDS;
    await createServedRequests(db).ensurePartitions(PARTITION_DAYS_AHEAD);
    await forgetAnswers(db, ANSWERS_KEPT_MILLISECONDS);
    await forgetSignIns(db);
    await notificationOutbox.forget(DELIVERIES_KEPT_MILLISECONDS);
    return DAY_MILLISECONDS;
  }

  async function watchApprovals(): Promise<number> {
    if (await leads()) await noteLapsed(db);
    return WATCH_MILLISECONDS;
  }

  const notificationOutbox = createNotificationOutbox(db);
  const notifications = createNotificationSender({
    ...options.transports,
    outbox: notificationOutbox,
    delays: RETRY_DELAYS_MILLISECONDS,
    clock: Date.now,
    random: Math.random,
    onSettled: () => notifying.wake(),
    onError,
  });
  const notify = async (): Promise<number> =>
    (await leadsNotifying()) && (await notifications.work()) ? 0 : IDLE_MILLISECONDS;

  const deliverBatch = createDelivery(db, { messenger, leads: leadsDelivery, onError });
  const deliver = async (): Promise<number> => ((await deliverBatch()) ? 0 : IDLE_MILLISECONDS);
  const delivering = startLoop({ work: deliver, apartMilliseconds: GATHER_MILLISECONDS, onError });
  const signing = startLoop({ work: sign, apartMilliseconds: SIGN_MILLISECONDS, onError });
  const chaining = startLoop({ work: chain, apartMilliseconds: GATHER_MILLISECONDS, onError });
  const copying = options.copies.map((copies) => {
    const leadsCopying = createLeadership(db, { name: `copies ${copies.name}`, holder });
    const copier = createCopier(db, { copies, leads: leadsCopying, idleMilliseconds: IDLE_MILLISECONDS, onError });
    return { copier, loop: startLoop({ work: copier.work, apartMilliseconds: GATHER_MILLISECONDS, onError }) };
  });
  const notifying = startLoop({ work: notify, onError });
  const expiring = startLoop({ work: expire, onError });
  const daily = startLoop({ work: turnTheDay, onError });
  const watching = startLoop({ work: watchApprovals, onError });
  const listener = listenForEvents(databaseUrl, chaining.wake);
  return {
    async stop() {
      await listener.close();
      const fixed = [chaining, signing, delivering, notifying, expiring, watching, daily];
      const loops = [...fixed, ...copying.map(({ loop }) => loop)];
      await Promise.all(loops.map((loop) => loop.stop()));
      await notifications.stop();
      await releaseLeases(db, holder).catch(onError);
    },
  };
}

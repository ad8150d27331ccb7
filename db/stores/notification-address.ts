import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database } from '../pool.js';
import { clock } from '../schema/columns.js';
import { notificationAddress } from '../schema/notification.js';

/** Where people want their mail. The log says that it changed and never to what. */
export interface NotificationAddresses {
  /** Null where they want none. */
  read(principal: string): Promise<string | null>;
  /** Null takes it away, and with it what was still to be sent there. */
  change(principal: string, email: string | null): Promise<void>;
}

export const createNotificationAddresses = (db: Database): NotificationAddresses =>
  translated<NotificationAddresses>({
    async read(principal) {
      const [row] = await db.select().from(notificationAddress).where(eq(notificationAddress.principal, principal));
      return row?.email ?? null;
    },
    change: (principal, email) =>
      db.transaction(async (tx) => {
        if (email === null) await tx.delete(notificationAddress).where(eq(notificationAddress.principal, principal));
        else
          await tx
            .insert(notificationAddress)
            .values({ principal, email })
            .onConflictDoUpdate({ target: notificationAddress.principal, set: { email, setAt: clock } });
        const event = { project: null, actor: principal, action: 'address.changed', subject: principal } as const;
        await recordEvent(tx, { ...event, details: { isSet: email !== null }, key: `${principal}/${randomUUID()}` });
      }),
  });

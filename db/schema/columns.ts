import { sql } from 'drizzle-orm';
import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment by the database's clock. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** The clock when the statement runs, not when the transaction began. */
export const clock = sql`clock_timestamp()`;

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** A 64-bit transaction id, as text. */
export const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../pool.js';

export interface LeaseClaim {
  name: string;
  /** Unique to the process that claims it. */
  holder: string;
  milliseconds: number;
}

/**
 * Takes or renews a lease: free, expired by the database's clock, or already ours. Inside a transaction the row stays
 * locked until commit, so nobody else leads meanwhile.
 * @returns the fencing number, which grows with every change of hands; undefined where another holds it.
 */
export async function claimLease(db: Database | Transaction, claim: LeaseClaim): Promise<number | undefined> {
  const { rows } = await db.execute<{ fencing: number }>(sql`
    insert into lease (name, holder, expires_at, fencing)
    values (${claim.name}, ${claim.holder}, clock_timestamp() + make_interval(secs => ${claim.milliseconds / 1000}), 1)
    on conflict (name) do update set
      holder = excluded.holder,
      expires_at = clock_timestamp() + make_interval(secs => ${claim.milliseconds / 1000}),
      fencing = lease.fencing + case when lease.holder = excluded.holder then 0 else 1 end
    where lease.holder = excluded.holder or lease.expires_at <= clock_timestamp()
    returning fencing::float8 as "fencing"`);
  return rows[0]?.fencing;
}

/** Gives up all leases of a process that ends: another need not wait for them to expire. */
export async function releaseLeases(db: Database, holder: string): Promise<void> {
  await db.execute(sql`update lease set expires_at = clock_timestamp() where holder = ${holder}`);
}

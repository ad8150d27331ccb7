import { claimLease } from '../../db/audit/lease.js';
import { withDatabaseErrors } from '../../db/database-error.js';
import type { Database } from '../../db/pool.js';

/** How long the others wait for a leader that died. */
export const LEASE_MILLISECONDS = 3_000;
/** A third of the lease: who was slow asks again whether it still leads, before another does the same. */
const TRUST_MILLISECONDS = 1_000;

/** Makes the function that answers whether this process leads; it asks the database once in a third of the lease. */
export function createLeadership(db: Database, { name, holder }: { name: string; holder: string }) {
  let askedAt = Number.NEGATIVE_INFINITY;
  let leads = false;
  return async (): Promise<boolean> => {
    const now = performance.now();
    if (leads && now - askedAt <= TRUST_MILLISECONDS) return true;
    const claim = { name, holder, milliseconds: LEASE_MILLISECONDS };
    leads = (await withDatabaseErrors(() => claimLease(db, claim))) !== undefined;
    askedAt = now;
    return leads;
  };
}

import { sql } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { burstOf, type ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { Turns } from '../../domain/limits/share-out.js';
import type { Transaction } from '../pool.js';

interface LockedAccount extends Record<string, unknown> {
  requestsLevel: number;
  tokensLevel: number;
  /** Since the bucket was last filled. */
  seconds: number;
  heldMilliseconds: number;
  turns: Turns;
}

/**
 * Takes the row of an account until the commit, making it where it is not there yet, with a full bucket: who asks next
 * waits. The clock is read once the row is ours: who waited for it is given no time twice.
 */
export async function lockAccount(tx: Transaction, name: string, limits: ProviderLimits): Promise<LockedAccount> {
  const { requestsPerMinute, tokensPerMinute } = limits;
  const { rows } = await tx.execute<LockedAccount>(sql`
    insert into provider_account (name, limits, requests_level, tokens_level)
    values (${name}, ${JSON.stringify(limits)}, ${burstOf(requestsPerMinute ?? 1)}, ${burstOf(tokensPerMinute ?? 1)})
    on conflict (name) do update set limits = excluded.limits
    returning requests_level as "requestsLevel", tokens_level as "tokensLevel", turns,
      extract(epoch from clock_timestamp() - refilled_at)::float8 as "seconds",
      greatest(0, extract(epoch from held_until - clock_timestamp()) * 1000)::float8 as "heldMilliseconds"`);
  if (rows[0] === undefined) throw new LifecycleError('INTERNAL', `Postgres kept no account ${name}.`);
  return rows[0];
}

import { sql } from 'drizzle-orm';
import { refilled, type ProviderLimits } from '../../domain/limits/provider-limits.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';

export interface AccountLine {
  account: string;
  limits: ProviderLimits;
  requestsLeft: number | null;
  tokensLeft: number | null;
  callsUnderWay: number;
  callsWaiting: number;
  /** Training jobs, those that wait for a place among them. */
  jobs: { runId: string; project: string; isWaiting: boolean }[];
  heldUntil: Date | null;
}

interface Row extends Record<string, unknown> {
  account: string;
  limits: ProviderLimits;
  requestsLevel: number;
  tokensLevel: number;
  seconds: number;
  callsUnderWay: number;
  callsWaiting: number;
  jobs: AccountLine['jobs'];
  heldUntil: string | null;
}

/** Every account that a worker has asked for, and how full it is at this moment. */
export const listAccounts = (db: Database): Promise<AccountLine[]> =>
  withDatabaseErrors(async () => {
    const { rows } = await db.execute<Row>(sql`
      select name as "account", limits, requests_level as "requestsLevel", tokens_level as "tokensLevel",
        extract(epoch from clock_timestamp() - refilled_at)::float8 as "seconds",
        case when held_until > clock_timestamp() then held_until end as "heldUntil",
        (select coalesce(sum(under_way), 0)::integer from provider_lease
          where account = name and expires_at > clock_timestamp()) as "callsUnderWay",
        (select coalesce(sum(jsonb_array_length(calls)), 0)::integer from provider_waiter
          where account = name and expires_at > clock_timestamp()) as "callsWaiting",
        (select coalesce(json_agg(json_build_object('runId', run_id, 'project', j.project,
            'isWaiting', taken_at is null) order by taken_at nulls last, asked_at), '[]')
          from provider_job j join lifecycle_run r on r.id = j.run_id
          where account = provider_account.name and r.ended_at is null
            and not exists (select 1 from stage_run s
              where s.run_id = j.run_id and s.stage = 'fine-tune' and s.ended_at is not null)) as "jobs"
      from provider_account order by name`);
    return rows.map(toLine);
  });

function toLine({ requestsLevel, tokensLevel, seconds, heldUntil, ...row }: Row): AccountLine {
  const { requestsPerMinute, tokensPerMinute } = row.limits;
  return {
    ...row,
    requestsLeft: requestsPerMinute === undefined ? null : refilled(requestsPerMinute, requestsLevel, seconds),
    tokensLeft: tokensPerMinute === undefined ? null : refilled(tokensPerMinute, tokensLevel, seconds),
    heldUntil: heldUntil === null ? null : new Date(heldUntil),
  };
}

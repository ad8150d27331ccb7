import type { RequestState } from '../../domain/kernel/states.js';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Concerned, RequestPeople } from '../../domain/notifications/who-to-tell.js';
import { requestIdOf, type NoticedRequest } from '../../domain/notifications/notice.js';
import type { ChainedEvent } from '../audit/outbox.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database } from '../pool.js';
import { approvalRequest } from '../schema/approval-request.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { task } from '../schema/task.js';
import type { Channel } from './channels.js';

/** Whom a channel writes to: a webhook and Slack are one, e-mail goes to its mailboxes and to people. */
export const recipientsOf = (channel: Channel, people: readonly string[]): string[] =>
  channel.kind === 'email'
    ? [
        ...new Set(channel.mailboxes.map((address) => `mailbox:${address}`)),
        ...(channel.people ? people.map((principal) => `person:${principal}`) : []),
      ]
    : [''];

export type FoundRequest = NoticedRequest & RequestPeople & { state: RequestState };

/** The requests that these events are about, by id. */
export async function noticedRequests(
  db: Database,
  heard: readonly { event: ChainedEvent; channels: readonly Channel[] }[],
): Promise<Map<string, FoundRequest>> {
  const toPeople = heard.filter(({ channels }) => channels.some(({ kind }) => kind !== 'webhook'));
  const ids = [...new Set(toPeople.flatMap(({ event }) => requestIdOf(event) ?? []))];
  if (ids.length === 0) return new Map();
  return withDatabaseErrors(async () => {
    const { id, runId, subjectDigest, expiresAt, state, terms } = approvalRequest;
    const signers = sql<
      string[]
    >`array(select distinct d.principal from decision d where d.request_id = ${approvalRequest.id})`;
    const standing = sql<string[]>`array(select distinct d.principal from decision d
      where d.request_id = ${approvalRequest.id} and d.verdict <> 'withdraw'
        and not exists (select from decision later where later.supersedes = d.id))`;
    const rows = await db
      .select({ id, runId, subjectDigest, expiresAt, state, terms, model: lifecycleRun.name, signers, standing })
      .from(approvalRequest)
      .innerJoin(lifecycleRun, eq(lifecycleRun.id, approvalRequest.runId))
      .where(inArray(approvalRequest.id, ids));
    return new Map(rows.map((row) => [row.id, { ...row, expiresAt: row.expiresAt.toISOString() }]));
  });
}

/** What is known of a task, beside what its event says. */
export interface FoundTask {
  people: string[];
  roles: string[];
  excluded: string[];
  /** ISO 8601. */
  dueAt: string;
  /** Of its batch, which is told of once; true for one without. */
  isFirst: boolean;
}

/** The tasks that these events opened, by id. */
export async function noticedTasks(
  db: Database,
  heard: readonly { event: ChainedEvent; channels: readonly Channel[] }[],
): Promise<Map<string, FoundTask>> {
  const toPeople = heard.filter(({ channels }) => channels.some(({ kind }) => kind !== 'webhook'));
  const ids = toPeople.filter(({ event }) => event.action === 'task.opened').map(({ event }) => event.subject);
  if (ids.length === 0) return new Map();
  return withDatabaseErrors(async () => {
    // Qualified by hand: a bare column would be the other task's own.
    const isFirst = sql<boolean>`not exists (select from task o where o.project = task.project
      and o.batch = task.batch and (o.opened_at, o.id) < (task.opened_at, task.id))`;
    const { id, candidatePeople: people, candidateRoles: roles, excludedPeople: excluded, dueAt } = task;
    const rows = await db.select({ id, people, roles, excluded, dueAt, isFirst }).from(task).where(inArray(id, ids));
    return new Map(rows.map((row) => [row.id, { ...row, dueAt: row.dueAt.toISOString() }]));
  });
}

/**
 * The people whom an event concerns and who have a part in its project and an address: whoever holds a role or signs for
 * somebody in it, and those who are named.
 */
export async function addressedPeople(
  db: Database,
  project: string,
  { roles, people, except }: Concerned,
): Promise<string[]> {
  if (roles.length === 0 && people.length === 0) return [];
  const list = (texts: readonly string[]) => sql`${sql.param([...texts])}::text[]`;
  return withDatabaseErrors(async () => {
    const { rows } = await db.execute<{ principal: string }>(sql`
      select distinct a.principal from notification_address a
      join principal p on p.id = a.principal and p.kind = 'person' and p.deactivated_at is null
      cross join lateral (
        select g.role from role_grant g
        where g.principal = a.principal and g.project = ${project} and g.revoked_at is null
        union all
        select d.role from delegation d
        where d.delegate = a.principal and d.project = ${project} and d.revoked_at is null
          and d.ends_at > clock_timestamp()) part
      where a.principal <> all(${list(except)})
        and (part.role = any(${list(roles)}) or a.principal = any(${list(people)}))
      order by a.principal`);
    return rows.map(({ principal }) => principal);
  });
}

import { and, eq, sql } from 'drizzle-orm';
import type { Digest } from '../../domain/kernel/digest.js';
import type { TriggerKind } from '../../domain/kernel/states.js';
import { WORKER_ACTOR } from '../audit/actions.js';
import { recordEvent } from '../audit/record-event.js';
import type { Transaction } from '../pool.js';
import { trigger } from '../schema/trigger.js';

export interface NewTrigger {
  project: string;
  name: string;
  kind: TriggerKind;
  /** What it came from: the same source is the same trigger. */
  sourceKey: string;
  evidence?: Digest;
  actor?: string;
}

/** Writes a trigger once. @returns its id. */
export async function insertTrigger(tx: Transaction, asked: NewTrigger): Promise<string> {
  const { project, name, kind, sourceKey, evidence = null, actor = WORKER_ACTOR } = asked;
  const [row] = await tx
    .insert(trigger)
    .values({ project, name, kind, sourceKey, evidence })
    .onConflictDoNothing({ target: trigger.sourceKey })
    .returning({ id: trigger.id });
  if (row === undefined) return (await findTrigger(tx, sourceKey)) ?? '';
  const details = { name, kind, evidence };
  await recordEvent(tx, { project, actor, action: 'trigger.recorded', subject: row.id, details });
  return row.id;
}

export async function findTrigger(tx: Transaction, sourceKey: string): Promise<string | null> {
  const [row] = await tx.select({ id: trigger.id }).from(trigger).where(eq(trigger.sourceKey, sourceKey));
  return row?.id ?? null;
}

/** The model behind an alias: its champion's name, or that of what is being rolled out; null: nothing is. */
export async function modelBehind(tx: Transaction, project: string, alias: string): Promise<string | null> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select v.name from alias_route r
    join model_version v on v.project = r.project and v.id = coalesce(r.champion, r.routes -> 0 ->> 'versionId')
    where r.project = ${project} and r.alias = ${alias}`);
  return rows[0]?.name ?? null;
}

/** Whether this model has such a trigger. */
export async function findModelTrigger(tx: Transaction, asked: { project: string; name: string; triggerId: string }) {
  const isAsked = and(
    eq(trigger.id, asked.triggerId),
    eq(trigger.project, asked.project),
    eq(trigger.name, asked.name),
  );
  const [row] = await tx.select({ id: trigger.id, kind: trigger.kind }).from(trigger).where(isAsked);
  return row;
}

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { isEnded, type CommandKind } from '../../domain/kernel/states.js';
import { recordEvent } from '../audit/record-event.js';
import { translated } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { command } from '../schema/command.js';
import { lifecycleRun } from '../schema/lifecycle-run.js';
import { insertRun, type NewRun } from './insert-run.js';
import { runNotFound } from './run-status.js';

export interface NewCommand {
  runId: string;
  kind: CommandKind;
  /** A principal's id. */
  principal: string;
  /** Makes a repeated command the same one. Default: a new command. */
  commandId?: string;
}

/** What people ask of runs, as rows: written by the api, before any signal. */
export interface RunRequests {
  /** @throws CONFLICT where the start key stands for another plan; NOT_FOUND for an unknown project. */
  requestRun(run: NewRun): Promise<{ runId: string; isNew: boolean }>;
  /** @throws NOT_FOUND; CONFLICT where the run has ended. */
  recordCommand(command: NewCommand): Promise<{ commandId: string }>;
}

export const createRunRequests = (db: Database): RunRequests =>
  translated<RunRequests>({
    requestRun: (run) => db.transaction((tx) => insertRun(tx, run)),
    recordCommand: (asked) => db.transaction((tx) => insertCommand(tx, asked)),
  });

/** Writes a command in a transaction of the caller's. @throws as `recordCommand` */
export async function insertCommand(tx: Transaction, asked: NewCommand): Promise<{ commandId: string }> {
  const { runId, kind, principal, commandId = randomUUID() } = asked;
  // Held until commit: the run does not end in between, and of two equal commands the second finds the first.
  const [run] = await tx
    .select({ project: lifecycleRun.project, status: lifecycleRun.status })
    .from(lifecycleRun)
    .where(eq(lifecycleRun.id, runId))
    .for('update');
  if (run === undefined) throw runNotFound(runId);
  const [known] = await tx.select().from(command).where(eq(command.id, commandId));
  if (known !== undefined) return requireSameCommand(known, asked);
  if (isEnded(run.status))
    throw new LifecycleError('CONFLICT', `Run ${runId} has ended (${run.status}): there is nothing to ${kind}.`);
  await tx.insert(command).values({ id: commandId, runId, kind, principal });
  const event = { project: run.project, actor: principal, action: 'command.recorded', subject: commandId } as const;
  await recordEvent(tx, { ...event, details: { runId, kind } });
  return { commandId };
}

function requireSameCommand(known: typeof command.$inferSelect, asked: NewCommand): { commandId: string } {
  const isSame = known.runId === asked.runId && known.kind === asked.kind && known.principal === asked.principal;
  if (isSame) return { commandId: known.id };
  throw new LifecycleError('CONFLICT', `The command ${known.id} is already another one.`);
}

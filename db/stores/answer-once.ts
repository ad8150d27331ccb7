import { and, eq, sql } from 'drizzle-orm';
import { LifecycleError, isLifecycleError } from '../../domain/kernel/errors.js';
import { markEventful } from '../audit/announce.js';
import { withDatabaseErrors } from '../database-error.js';
import type { Database, Transaction } from '../pool.js';
import { idempotentAnswer } from '../schema/idempotent-answer.js';

/** A request that is the same one however often it comes. */
export interface KeyedRequest {
  /** A principal's id. */
  principal: string;
  /** Empty where no one project is meant. */
  project: string;
  /** Of the caller's choice. */
  key: string;
  /** SHA-256, in hex, of all that was asked. */
  requestDigest: string;
}

export interface Answer {
  status: number;
  body: string;
}

/**
 * Does a request's work once, in one transaction with the answer to it; a repeated request waits for the first and is
 * given its answer. What is inside opens savepoints where it would open transactions. Only what was done is kept: a refusal has no effect, and is judged anew.
 * @throws CONFLICT where the key stands for another request; what the work throws
 */
export const answerOnce = (
  db: Database,
  asked: KeyedRequest,
  work: (inside: Database) => Promise<Answer>,
): Promise<Answer & { isRepeated: boolean }> =>
  withDatabaseErrors(async () => {
    const outcome = await db.transaction(async (tx) => {
      const { principal, project, key } = asked;
      const lock = `idempotency/${JSON.stringify([principal, project, key])}`;
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
      const known = await findAnswer(tx, asked);
      if (known !== undefined) return { ...known, isRepeated: true };
      const answer = await orRefusal(() => work(tx));
      if ('refusal' in answer || answer.status >= 300) return answer;
      await tx.insert(idempotentAnswer).values({ ...asked, ...answer });
      markEventful(tx);
      return answer;
    });
    if ('refusal' in outcome) throw outcome.refusal;
    return { isRepeated: false, ...outcome };
  });

/** Forgets answers older than this; the database refuses to forget those of the last 24 hours. */
export const forgetAnswers = (db: Database, olderThanMilliseconds: number): Promise<void> =>
  withDatabaseErrors(async () => {
    await db.execute(sql`select assay_forget_answers(make_interval(secs => ${olderThanMilliseconds / 1000}))`);
  });

/** A refusal leaves the transaction whole: that somebody tried may have been written. */
async function orRefusal(work: () => Promise<Answer>): Promise<Answer | { refusal: LifecycleError }> {
  try {
    return await work();
  } catch (error) {
    if (!isLifecycleError(error)) throw error;
    return { refusal: error };
  }
}

async function findAnswer(tx: Transaction, asked: KeyedRequest): Promise<Answer | undefined> {
  const { principal, project, key, status, body, requestDigest } = idempotentAnswer;
  const [known] = await tx
    .select({ status, body, requestDigest })
    .from(idempotentAnswer)
    .where(and(eq(principal, asked.principal), eq(project, asked.project), eq(key, asked.key)));
  if (known === undefined) return undefined;
  if (known.requestDigest !== asked.requestDigest)
    throw new LifecycleError(
      'CONFLICT',
      `The Idempotency-Key ${asked.key} already stands for another request. Use a new key for a new request.`,
    );
  return { status: known.status, body: known.body };
}

import { DrizzleQueryError } from 'drizzle-orm';
import { LifecycleError, isLifecycleError, providerError } from '../domain/kernel/errors.js';

/** SQLSTATE classes and codes after which the same statement may succeed: connection, shutdown, deadlock, lock, load. */
const RETRYABLE = /^(08...|57P0[1-5]|57014|53...|40001|40P01|55P03|25006)$/;
const NODE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** What `pg` says without a code. */
const PG_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Query read timeout/;

interface Found {
  code: string | undefined;
  constraint: string | undefined;
  message: string;
}

/** The innermost error of a chain of causes: drizzle wraps what `pg` throws. */
function innermost(error: unknown): Found {
  if (!(error instanceof Error)) return { code: undefined, constraint: undefined, message: String(error) };
  if (error.cause instanceof Error) return innermost(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  const { code, constraint } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    code: typeof code === 'string' ? code : undefined,
    constraint: typeof constraint === 'string' ? constraint : undefined,
    message: error.message,
  };
}

/**
 * What the rest of Assay sees of a database error: PROVIDER (retryable) where trying again can help, CONFLICT for a
 * unique key, NOT_FOUND for a row that is referred to and missing, INVALID_INPUT for text that Postgres cannot hold.
 * Statements and parameters stay in `cause`.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (isLifecycleError(error)) return error;
  const { code, constraint, message } = innermost(error);
  if (code === undefined ? PG_MESSAGES.test(message) : RETRYABLE.test(code) || NODE_CODES.has(code))
    return providerError(`Postgres did not answer (${code ?? message}).`, { retryable: true }, error);
  if (code === '23505')
    return new LifecycleError('CONFLICT', `There is already such a row (${constraint}).`, {}, error);
  if (code === '23503')
    return new LifecycleError('NOT_FOUND', `This refers to something that does not exist (${constraint}).`, {}, error);
  if (code === '23514' || code === '22P05' || code === '22021' || code === '22P02' || code === '22003')
    return new LifecycleError('INVALID_INPUT', `Postgres cannot hold this value (${constraint ?? code}).`, {}, error);
  if (code === '42501') return new LifecycleError('NOT_ALLOWED', `The database refuses this: ${message}.`, {}, error);
  // What drizzle throws quotes the statement's parameters: it goes no further, whatever was wrong.
  if (code === undefined && !(error instanceof DrizzleQueryError)) return error;
  return new LifecycleError('INTERNAL', `The database failed (${code ?? message}).`, {}, error);
}

/** Runs a piece of database work with its errors translated. */
export async function withDatabaseErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

type Methods<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => Promise<R> : never;
};

/** A store whose every method has its errors translated. */
export function translated<T extends Methods<T>>(store: T): T {
  const wrap =
    (method: (...args: unknown[]) => Promise<unknown>) =>
    (...args: unknown[]) =>
      withDatabaseErrors(() => method(...args));
  const methods = Object.entries<(...args: unknown[]) => Promise<unknown>>(store as never);
  return Object.fromEntries(methods.map(([name, method]) => [name, wrap(method)])) as unknown as T;
}

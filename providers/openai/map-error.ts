import { APIConnectionError, APIError } from 'openai';
import { maskText } from '../../domain/evidence/masking.js';
import { isLifecycleError, providerError, type LifecycleError } from '../../domain/kernel/errors.js';
import { retryAfterMilliseconds } from './retry-after.js';

const MAXIMUM_QUOTED = 300;
const MOST_LOOKED_AT = 4000;

/** What an answer that cannot be read is thrown as, by whoever reads it. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}

/**
 * Any error of a call as a PROVIDER error; retryability is decided here and nowhere else. Retryable: 408, 409, 429,
 * 5xx, no or a broken connection, and answers that cannot be read (a proxy's HTML, half a JSON, a cut body).
 */
export function mapProviderError(operation: string, error: unknown): LifecycleError {
  const ours = oursIn(error);
  if (ours !== undefined) return ours;
  if (error instanceof APIError && error.status !== undefined)
    return fromStatus(operation, error, Number(error.status));
  if (error instanceof UnreadableAnswerError) {
    return providerError(`${operation}: the provider's answer is ${error.message}.`, { retryable: true }, error);
  }
  if (isConnectionError(error)) {
    const message = `${operation}: the connection to the provider failed (${causeOf(error)}). Check that it is up.`;
    return providerError(message, { retryable: true }, error);
  }
  return providerError(`${operation} failed: ${quote(messageOf(error))}`, { retryable: false }, error);
}

/** The error of a call that took longer than it may. */
export const timeoutError = (operation: string, milliseconds: number): LifecycleError =>
  providerError(`${operation}: the provider did not answer in full within ${milliseconds} ms.`, { retryable: true });

function fromStatus(operation: string, error: APIError, status: number): LifecycleError {
  const retryable = [408, 409, 429].includes(status) || status >= 500;
  const wait = retryAfterMilliseconds(error.headers, Date.now());
  return providerError(
    `${operation}: the provider answered ${quote(error.message)}`,
    { status, retryable, ...(wait === undefined ? {} : { retryAfterMilliseconds: wait }) },
    error,
  );
}

/** What was thrown while a key was looked for, which the client takes for a broken connection. */
function oursIn(error: unknown): LifecycleError | undefined {
  if (isLifecycleError(error)) return error;
  return error instanceof Error && error.cause !== undefined ? oursIn(error.cause) : undefined;
}

/** Node's fetch throws a TypeError with a cause when a connection, or a body that is being read, breaks. */
const isConnectionError = (error: unknown): boolean =>
  error instanceof APIConnectionError || (error instanceof TypeError && error.cause !== undefined);

function causeOf(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  return quote(messageOf(deepest));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * What a provider said, as it may stand in a log or a history: one line, no control characters, no key, no address (it
 * may quote a record), not endless.
 */
export function quote(text: string): string {
  const line = maskText(text.slice(0, MOST_LOOKED_AT).replace(/[\p{C}\s]+/gu, ' '))
    .replace(/\b(sk-|Bearer )\S+/g, '$1…')
    .trim();
  return line.length > MAXIMUM_QUOTED ? `${line.slice(0, MAXIMUM_QUOTED)}…` : line;
}

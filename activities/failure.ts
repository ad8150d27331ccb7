import { ApplicationFailure } from '@temporalio/common';
import { LifecycleError } from '../domain/kernel/errors.js';

/**
 * An error of ours as Temporal's: the code becomes the type, Retry-After the next retry delay. Others pass as they are.
 * The cause stays behind: it may quote a statement with its parameters, and a failure is kept in history.
 */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof LifecycleError)) return error;
  const delay = error.details['retryAfterMilliseconds'];
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    details: [error.details],
    nonRetryable: !isRetryable(error),
    ...(typeof delay === 'number' && { nextRetryDelay: delay }),
  });
}

/** Whether the same may go better another time: an outage, or a fault of ours. */
export function isRetryable({ code, details: { retryable } }: LifecycleError): boolean {
  switch (code) {
    case 'PROVIDER':
      return retryable === true;
    case 'COMMAND':
      return retryable !== false;
    case 'INTERNAL':
      return true;
    case 'INVALID_INPUT':
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'NOT_ALLOWED':
    case 'ARTIFACT':
      return false;
    default:
      return code satisfies never;
  }
}

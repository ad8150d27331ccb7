import { isLifecycleError } from '../../domain/kernel/errors.js';

export interface LoggedError {
  type: string;
  message: string;
  code?: string;
  details?: Record<string, unknown>;
  /** Where it was thrown: the lines of the stack alone, since its head repeats the message. */
  at: string[];
  cause?: LoggedError;
}

const MOST_CAUSES = 5;

/**
 * An error as it may stand in a log. Our own messages hold ids and counts; those of libraries may quote what they were
 * given (drizzle prints every parameter of a failed statement), so only their kind, code and place are kept.
 */
export function serializeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', at: [] };
  const { code } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: isLifecycleError(error) ? error.message : '',
    ...(typeof code === 'string' && { code }),
    ...(isLifecycleError(error) && { details: error.details }),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < MOST_CAUSES && { cause: serializeError(error.cause, depth + 1) }),
  };
}

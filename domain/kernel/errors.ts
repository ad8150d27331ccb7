/** The closed list of codes. Each map of them (Temporal, HTTP, exit codes) is an exhaustive switch. */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'NOT_ALLOWED',
  'PROVIDER',
  'COMMAND',
  'ARTIFACT',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Plain data about an error; never a secret, never a record's text. */
export type ErrorDetails = Record<string, string | number | boolean | null | string[]>;

/**
 * Thrown when something could not be done. A "no" (a gate that fails, a check that drops a row, a refused release)
 * is a result, not an error. The message says what, which, and what to do.
 */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** Thrown when a provider answers with an error or not at all. `details`: status, retryable, retryAfterMilliseconds. */
export function providerError(
  message: string,
  details: { status?: number; retryable: boolean; retryAfterMilliseconds?: number },
  cause?: unknown,
): LifecycleError {
  return new LifecycleError('PROVIDER', message, details, cause);
}

export const isLifecycleError = (error: unknown, code?: ErrorCode): error is LifecycleError =>
  error instanceof LifecycleError && (code === undefined || error.code === code);

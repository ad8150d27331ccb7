import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { toFailure } from '../activities/failure.js';
import { isLifecycleError, LifecycleError, type ErrorDetails } from '../domain/kernel/errors.js';

type Interceptor = () => { inbound: ActivityInboundCallsInterceptor };

/**
 * Gives every error of ours its Temporal form: type, retryability, next retry delay. `mask` takes out of any error the
 * secrets that this process has resolved: failures are kept in histories.
 */
export const failureInterceptor =
  (mask: (text: string) => string): Interceptor =>
  () => ({
    inbound: {
      async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
        try {
          return await next(input);
        } catch (error) {
          throw toFailure(masked(error, mask));
        }
      },
    },
  });

/** Message, stack, details and causes: all of them are kept. What holds no secret is left alone: some cannot be written. */
function masked(error: unknown, mask: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error;
  const { message, stack = '', cause } = error;
  if (mask(message) !== message) error.message = mask(message);
  if (mask(stack) !== stack) error.stack = mask(stack);
  if (cause !== undefined) masked(cause, mask);
  if (!isLifecycleError(error)) return error;
  const details = Object.entries(error.details).map(([name, value]) => [name, maskedDetail(value, mask)]);
  const { code } = error;
  return Object.assign(new LifecycleError(code, error.message, Object.fromEntries(details) as ErrorDetails, cause), {
    stack: error.stack,
  });
}

function maskedDetail(value: ErrorDetails[string], mask: (text: string) => string): ErrorDetails[string] {
  if (typeof value === 'string') return mask(value);
  return Array.isArray(value) ? value.map(mask) : value;
}

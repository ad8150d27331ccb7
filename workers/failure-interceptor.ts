import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { toFailure } from '../activities/failure.js';

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

function masked(error: unknown, mask: (text: string) => string): unknown {
  if (
    !(error instanceof Error) ||
    mask(error.stack ?? '') + mask(error.message) === (error.stack ?? '') + error.message
  )
    return error;
  error.message = mask(error.message);
  error.stack = mask(error.stack ?? '');
  return error;
}

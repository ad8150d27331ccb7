import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { toFailure } from '../../activities/failure.js';
import { ERROR_CODES, LifecycleError, providerError } from '../../domain/kernel/errors.js';

const mapped = (error: unknown): ApplicationFailure => {
  const failure = toFailure(error);
  if (!(failure instanceof ApplicationFailure)) throw new Error('not an ApplicationFailure');
  return failure;
};

describe('the map from our errors to failures of Temporal', () => {
  it('keeps the code as the type, the message and the details', () => {
    for (const code of ERROR_CODES) {
      const failure = mapped(new LifecycleError(code, 'what, which, what to do', { which: 'x' }));
      expect(failure).toMatchObject({ type: code, message: 'what, which, what to do', details: [{ which: 'x' }] });
    }
  });

  it('retries what can pass by itself and nothing else', () => {
    const retried = ERROR_CODES.filter((code) => mapped(new LifecycleError(code, 'm')).nonRetryable !== true);
    expect(retried).toEqual(['COMMAND', 'INTERNAL']);
    expect(mapped(new LifecycleError('COMMAND', 'm', { retryable: false })).nonRetryable).toBe(true);
    expect(mapped(providerError('busy', { retryable: true })).nonRetryable).toBe(false);
    expect(mapped(providerError('refused', { retryable: false })).nonRetryable).toBe(true);
  });

  it('turns Retry-After into the next retry delay', () => {
    const busy = providerError('busy', { status: 429, retryable: true, retryAfterMilliseconds: 1_500 });
    expect(mapped(busy).nextRetryDelay).toBe(1_500);
  });

  it('leaves what is not ours as it is, a cancellation above all', () => {
    const other = new Error('not ours');
    expect(toFailure(other)).toBe(other);
  });
});

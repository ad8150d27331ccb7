import { describe, expect, it } from 'vitest';
import { ERROR_CODES, LifecycleError, providerError } from '../../domain/kernel/errors.js';
import { httpAnswer } from '../../server/api/problem.js';

const statusOf = (error: LifecycleError): number => httpAnswer(error).status;

describe('errors over HTTP', () => {
  it('has a status for every code', () => {
    const statuses = Object.fromEntries(ERROR_CODES.map((code) => [code, statusOf(new LifecycleError(code, 'x'))]));
    expect(statuses).toEqual({
      INVALID_INPUT: 422,
      NOT_FOUND: 404,
      CONFLICT: 409,
      NOT_ALLOWED: 403,
      PROVIDER: 502,
      COMMAND: 500,
      ARTIFACT: 500,
      INTERNAL: 500,
    });
  });

  it('says when trying again can help', () => {
    const busy = httpAnswer(providerError('x', { retryable: true }));
    expect(busy).toMatchObject({ status: 503, retryAfterSeconds: 1 });
  });

  it('refuses a code that it does not know', () => {
    const unknown = new LifecycleError('NEW_CODE' as 'INTERNAL', 'x');
    expect(() => httpAnswer(unknown)).toThrow(/NEW_CODE/);
  });
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { failureInterceptor } from '../../workers/failure-interceptor.js';

const KEY = 'sk-very-secret';
const mask = (text: string): string => text.replaceAll(KEY, '[secret key]');

/** What the activity's error is when Temporal is given it. */
async function thrown(error: unknown): Promise<unknown> {
  const { execute } = failureInterceptor(mask)().inbound;
  return execute!({} as never, () => Promise.reject(error as Error)).catch((failure: unknown) => failure);
}

describe('failures that are kept in histories', () => {
  it('hold no secret in message, stack, details or causes', async () => {
    const details = { lastWords: `it said ${KEY}`, problems: [`line 1: ${KEY}`], status: 401, retryable: false };
    const ours = await thrown(new LifecycleError('COMMAND', `it ended: ${KEY}`, details, new Error(KEY)));
    expect(ours).toMatchObject({
      type: 'COMMAND',
      message: 'it ended: [secret key]',
      nonRetryable: true,
      details: [{ lastWords: 'it said [secret key]', problems: ['line 1: [secret key]'], status: 401 }],
    });
    const other = await thrown(new TypeError('fetch failed', { cause: new Error(`refused ${KEY}`) }));
    for (const failure of [ours, other]) expect(inspect(failure, { depth: 10 })).not.toContain(KEY);
  });

  it('are left as they are where they hold none, also those that cannot be written', async () => {
    const aborted = new DOMException('it was aborted', 'AbortError');
    expect(await thrown(aborted)).toBe(aborted);
  });
});

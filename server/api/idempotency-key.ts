import type { Context } from 'hono';
import { keyField } from '../../domain/api/fields.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { ApiEnvironment } from './environment.js';

const schema = keyField(255).optional();

/** The caller's `Idempotency-Key`: the same key is the same request. @throws LifecycleError INVALID_INPUT */
export function idempotencyKey(c: Context<ApiEnvironment>): string | undefined {
  const parsed = schema.safeParse(c.req.header('idempotency-key'));
  if (parsed.success) return parsed.data;
  throw new LifecycleError('INVALID_INPUT', 'An Idempotency-Key has 1 to 255 printable characters.');
}

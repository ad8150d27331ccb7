import type { Context } from 'hono';
import type { z } from 'zod';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { flattenIssues, wordIssue } from '../../domain/lifecycle-file/validate.js';
import type { ApiEnvironment } from './environment.js';

/**
 * The body as the schema gives it; the table of routes has to name the schema too, so that a body is read at all.
 * @throws LifecycleError INVALID_INPUT with every problem as `path message`
 */
export const readBody = <T>(c: Context<ApiEnvironment>, schema: z.ZodType<T>): Promise<T> =>
  Promise.resolve().then(() => judge(c.get('body'), schema));

/** The query as the schema gives it; a parameter given twice counts as its first. @throws as `readBody`. */
export const readQuery = <T>(c: Context<ApiEnvironment>, schema: z.ZodType<T>): T => judge(c.req.query(), schema);

function judge<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value, { error: wordIssue });
  if (parsed.success) return parsed.data;
  const problems = flattenIssues(parsed.error.issues).map(
    ({ path, message }) => `${path.map(String).join('.') || 'request'} ${message}`,
  );
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new LifecycleError('INVALID_INPUT', `The request has ${count}.`, { problems });
}

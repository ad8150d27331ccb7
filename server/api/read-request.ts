import type { Context } from 'hono';
import type { z } from 'zod';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { flattenIssues, wordIssue } from '../../domain/lifecycle-file/validate.js';
import type { ApiEnvironment } from './environment.js';

const DEEPEST = 64;

/** The body as the schema gives it. @throws LifecycleError INVALID_INPUT with every problem as `path message`. */
export async function readBody<T>(c: Context<ApiEnvironment>, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\s*(?:;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new LifecycleError('INVALID_INPUT', 'The body must be JSON, sent as `content-type: application/json`.');
  return judge(parseJson(await c.req.text()), schema);
}

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

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isDeeper(value, DEEPEST)) return value;
  } catch {
    throw new LifecycleError('INVALID_INPUT', 'The body is not JSON.');
  }
  throw new LifecycleError('INVALID_INPUT', `The body is nested deeper than ${DEEPEST} levels.`);
}

/** Whether a value nests deeper than this, level by level: no recursion that a hostile body could exhaust. */
function isDeeper(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []));
    if (level.length === 0) return false;
  }
  return true;
}

import type { Context, MiddlewareHandler } from 'hono';
import type { ApiEnvironment } from '../environment.js';
import { sendProblem } from '../problem.js';

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const DEEPEST = 64;

/** Reads a JSON body for the handler, which judges it by its schema. What is no JSON is told apart from what is. */
export const readJson: MiddlewareHandler<ApiEnvironment> = async (c, next) => {
  if (!JSON_TYPE.test(c.req.header('content-type') ?? ''))
    return refuse(c, 415, 'The body must be JSON, sent as `content-type: application/json`.');
  const value = parse(await c.req.text());
  if (value === undefined) return refuse(c, 400, 'The body is not JSON. Send one complete JSON value.');
  if (isDeeper(value, DEEPEST)) return refuse(c, 400, `The body is nested deeper than ${DEEPEST} levels. Flatten it.`);
  c.set('body', value);
  return next();
};

const refuse = (c: Context<ApiEnvironment>, status: 400 | 415, detail: string): Response =>
  sendProblem(c, { status, title: 'The body is not JSON', code: 'NOT_JSON', detail });

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
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

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { LifecycleError, isLifecycleError, type ErrorCode } from '../../domain/kernel/errors.js';

interface ErrorBody {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** An error as OpenAI's clients expect it: `{ error: { message, type, param, code } }`. */
export const errorResponse = (c: Context, status: ContentfulStatusCode, error: ErrorBody): Response =>
  c.json({ error }, status);

/** Any thrown error as a response. What is not the caller's doing goes to the log, not to the caller. */
export function respondToError(error: Error, c: Context): Response {
  if (!isLifecycleError(error) || statusOf(error.code) === 500) {
    console.error(`${c.req.method} ${c.req.path} failed.`, error);
    const message = 'The provider had an error. Its log says which.';
    return errorResponse(c, 500, { message, type: 'server_error', param: null, code: null });
  }
  const { param, reason } = error.details;
  return errorResponse(c, statusOf(error.code), {
    message: error.message,
    type: 'invalid_request_error',
    param: typeof param === 'string' ? param : null,
    code: typeof reason === 'string' ? reason : null,
  });
}

function statusOf(code: ErrorCode): ContentfulStatusCode {
  switch (code) {
    case 'INVALID_INPUT':
      return 400;
    case 'NOT_ALLOWED':
      return 403;
    case 'NOT_FOUND':
      return 404;
    case 'CONFLICT':
      return 409;
    case 'PROVIDER':
    case 'COMMAND':
    case 'ARTIFACT':
    case 'INTERNAL':
      return 500;
    default:
      return code satisfies never;
  }
}

/** An INVALID_INPUT error with the parameter's name and a short code for machines. */
export const badRequest = (message: string, param: string | null, reason: string): LifecycleError =>
  new LifecycleError('INVALID_INPUT', message, { param, reason });

/** Reads the JSON body by a schema. @throws LifecycleError INVALID_INPUT naming the first parameter that is wrong. */
export async function readJsonBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw badRequest('The request body is not JSON.', null, 'invalid_json');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = issue?.path.join('.') || null;
  throw badRequest(`Invalid request: ${param ?? 'body'}: ${issue?.message ?? 'wrong'}.`, param, 'invalid_value');
}

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem, ProblemCode } from '../../domain/api/problem.js';
import type { ErrorCode, LifecycleError } from '../../domain/kernel/errors.js';
import type { ApiEnvironment } from './environment.js';

/** What a caller is told of an error: 5xx say nothing of the inside. */
interface HttpAnswer {
  status: ContentfulStatusCode;
  title: string;
  retryAfterSeconds?: number;
}

/** Maps the closed list of codes to HTTP. */
export function httpAnswer(error: LifecycleError): HttpAnswer {
  switch (error.code) {
    case 'INVALID_INPUT':
      return { status: 422, title: 'The request was not understood' };
    case 'NOT_FOUND':
      return { status: 404, title: 'There is no such thing' };
    case 'CONFLICT':
      return { status: 409, title: 'The request does not fit the present state' };
    case 'NOT_ALLOWED':
      return { status: 403, title: 'Not allowed' };
    case 'PROVIDER':
      return error.details['retryable'] === true
        ? { status: 503, title: 'A service is not available; try again', retryAfterSeconds: 1 }
        : { status: 502, title: 'A service behind this one failed' };
    case 'ARTIFACT':
      return { status: 500, title: 'Stored content no longer has its digest' };
    case 'COMMAND':
    case 'INTERNAL':
      return { status: 500, title: 'Something went wrong inside' };
    default:
      return unknownCode(error.code);
  }
}

const unknownCode = (code: never): never => {
  throw new TypeError(`No HTTP status for the error code ${String(code)}.`);
};

/** The answer to a request that failed with a LifecycleError. */
export function problemOf(c: Context<ApiEnvironment>, error: LifecycleError): Response {
  const { status, title, retryAfterSeconds } = httpAnswer(error);
  if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds));
  const isOurs = status >= 500;
  if (isOurs) {
    const detail = `${title}. The log has more under request ${c.get('requestId')}.`;
    return sendProblem(c, { status, title, detail, code: error.code });
  }
  const { problems, ...details } = error.details;
  const issues = Array.isArray(problems) ? problems.map(toIssue) : [];
  return sendProblem(c, {
    status,
    title,
    detail: issues.length > 0 ? (error.message.split('\n')[0] ?? title) : error.message,
    code: error.code,
    ...(issues.length > 0 && { issues }),
    ...(Object.keys(details).length > 0 && { details }),
  });
}

/** `path message`, as the judges of requests and plans write a problem. */
function toIssue(problem: string): { path: string; message: string } {
  const end = problem.indexOf(' ');
  return { path: problem.slice(0, Math.max(end, 0)), message: problem.slice(end + 1) };
}

/** Sends problem details (RFC 9457). */
export function sendProblem(
  c: Context<ApiEnvironment>,
  problem: Omit<Problem, 'type' | 'requestId' | 'status' | 'code'> & {
    status: ContentfulStatusCode;
    code: ProblemCode | ErrorCode;
  },
): Response {
  const type = `urn:assay:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`;
  const body: Problem = { type, ...problem, requestId: c.get('requestId') };
  return c.json(body, problem.status, { 'content-type': 'application/problem+json' });
}

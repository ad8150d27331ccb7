import { z } from 'zod';
import { isLifecycleError, LifecycleError, type ErrorDetails } from '../domain/kernel/errors.js';
import { problemSchema } from '../domain/api/problem.js';
import type { Connection } from './connection.js';
import { errorCodeOfProblem } from './exit-codes.js';

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Undefined values are left out. */
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

const TIMEOUT_MILLISECONDS = 30_000;

/** What the client needs of a problem: tolerant of fields that a newer api adds or leaves out. */
const tolerantProblem = problemSchema
  .pick({ detail: true, issues: true, requestId: true })
  .partial()
  .extend({
    code: z.string().optional(),
    details: z.object({ error: z.string().optional() }).optional().catch(undefined),
  });

/**
 * Asks the api and checks the answer against its schema.
 * @throws LifecycleError PROVIDER when nobody answers; the problem's own code when the api refuses
 */
export async function askApi<T>(connection: Connection, request: ApiRequest, schema: z.ZodType<T>): Promise<T> {
  const response = await send(connection, request);
  const content = await readJson(response);
  if (!response.ok) throw problemError(response, content);
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const message = `The api at ${connection.apiUrl} answered ${request.path} in a form that this version does not know.`;
  throw new LifecycleError('INTERNAL', message, { path: request.path, problems: z.prettifyError(parsed.error) });
}

async function send({ apiUrl, token }: Connection, request: ApiRequest): Promise<Response> {
  const url = new URL(request.path, apiUrl);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(url, {
      method: request.method ?? 'GET',
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch (cause) {
    throw unreachable(apiUrl, cause);
  }
}

function unreachable(apiUrl: string, cause: unknown): LifecycleError {
  const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
  const message = isSlow
    ? `The api at ${apiUrl} did not answer within ${TIMEOUT_MILLISECONDS / 1000} s.`
    : `No Assay api answers at ${apiUrl}. Start one with "assay dev".`;
  return new LifecycleError('PROVIDER', message, { apiUrl, retryable: true }, cause);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function problemError(response: Response, content: unknown): LifecycleError {
  const problem = tolerantProblem.safeParse(content).data ?? {};
  const issues = (problem.issues ?? []).map(({ path, message }) => `${path}: ${message}`);
  const details: ErrorDetails = { status: response.status };
  if (problem.requestId !== undefined) details['requestId'] = problem.requestId;
  if (issues.length > 0) details['issues'] = issues;
  if (problem.details?.error !== undefined) details['error'] = problem.details.error;
  const said = problem.detail ?? `The api answered with status ${response.status}.`;
  const message = [said, ...issues.map((issue) => `  ${issue}`)].join('\n');
  const remedy =
    response.status === 401
      ? ' Log in with "assay login", or give a token with --token, ASSAY_TOKEN or, under "assay dev", --as.'
      : '';
  return new LifecycleError(errorCodeOfProblem(response.status, problem.code), message + remedy, details);
}

/** Whether asking again later may help: nobody answered, or the api was busy or starting. */
export const isPassing = (error: unknown): boolean => isLifecycleError(error, 'PROVIDER');

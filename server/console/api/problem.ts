import type { components } from '../../client/openapi-types.js';

type Problem = components['schemas']['Problem'];

/** Thrown when the api answers with a problem (RFC 9457), or does not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly { path: string; message: string }[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;

  constructor(status: number, problem: Partial<Problem> | undefined) {
    super(problem?.detail ?? problem?.title ?? 'The api did not answer. Look whether it runs, and try again.');
    this.status = status;
    this.code = problem?.code ?? 'NO_ANSWER';
    this.issues = problem?.issues ?? [];
    this.details = problem?.details ?? {};
    this.requestId = problem?.requestId ?? null;
  }
}

/** Whether nobody is signed in, or not any more. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401;

/** What went wrong, in a sentence for people. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'Something went wrong.');

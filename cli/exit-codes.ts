import { EXIT } from '../domain/exit-codes.js';
import { ERROR_CODES, type ErrorCode } from '../domain/kernel/errors.js';

/** Answers that are not errors, by the code that `--json` shows. */
export const OUTCOMES = { OK: EXIT.ok, NO: EXIT.no, UNDECIDED: EXIT.undecided, WAITING: EXIT.waiting } as const;
export type OutcomeCode = keyof typeof OUTCOMES;

const isErrorCode = (code: unknown): code is ErrorCode => ERROR_CODES.some((known) => known === code);

/** The error code of an HTTP problem: its own where it names one of ours, else what its status means. */
export function errorCodeOfProblem(status: number, code: unknown): ErrorCode {
  if (isErrorCode(code)) return code;
  if (status === 401 || status === 403) return 'NOT_ALLOWED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 409 || status === 412) return 'CONFLICT';
  if (status === 429 || (status >= 502 && status <= 504)) return 'PROVIDER';
  return status >= 500 ? 'INTERNAL' : 'INVALID_INPUT';
}

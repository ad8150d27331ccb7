import { describe, expect, it } from 'vitest';
import { errorCodeOfProblem, OUTCOMES } from '../../../cli/exit-codes.js';
import { exitCodeOf } from '../../../domain/exit-codes.js';
import { ERROR_CODES } from '../../../domain/kernel/errors.js';

describe('exit codes', () => {
  it('keeps the exit code of every error code', () => {
    expect(Object.fromEntries(ERROR_CODES.map((code) => [code, exitCodeOf(code)]))).toEqual({
      INVALID_INPUT: 2,
      NOT_FOUND: 3,
      CONFLICT: 4,
      NOT_ALLOWED: 5,
      PROVIDER: 6,
      COMMAND: 6,
      ARTIFACT: 70,
      INTERNAL: 70,
    });
  });

  it('keeps the exit code of every answer', () => {
    expect(OUTCOMES).toEqual({ OK: 0, NO: 1, UNDECIDED: 7, WAITING: 8 });
  });

  it.each([
    [400, 'INVALID_INPUT'],
    [401, 'NOT_ALLOWED'],
    [403, 'NOT_ALLOWED'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [412, 'CONFLICT'],
    [422, 'INVALID_INPUT'],
    [429, 'PROVIDER'],
    [500, 'INTERNAL'],
    [502, 'PROVIDER'],
    [503, 'PROVIDER'],
  ])('reads a problem of status %i without a code of ours as %s', (status, code) => {
    expect(errorCodeOfProblem(status, 'UNAUTHENTICATED')).toBe(code);
  });

  it("takes a problem's own code before its status", () => {
    expect(errorCodeOfProblem(500, 'ARTIFACT')).toBe('ARTIFACT');
  });
});

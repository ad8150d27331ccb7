import type { ErrorCode } from './kernel/errors.js';

/** What the exit codes of every command and process mean (design §9). */
export const EXIT = {
  ok: 0,
  no: 1,
  badInput: 2,
  notFound: 3,
  conflict: 4,
  notAllowed: 5,
  unreachable: 6,
  undecided: 7,
  waiting: 8,
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error, whichever process of Assay ends with it. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case 'INVALID_INPUT':
      return EXIT.badInput;
    case 'NOT_FOUND':
      return EXIT.notFound;
    case 'CONFLICT':
      return EXIT.conflict;
    case 'NOT_ALLOWED':
      return EXIT.notAllowed;
    case 'PROVIDER':
    case 'COMMAND':
      return EXIT.unreachable;
    case 'ARTIFACT':
    case 'INTERNAL':
      return EXIT.internal;
    default:
      return code satisfies never;
  }
}

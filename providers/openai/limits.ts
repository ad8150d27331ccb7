import type { CallLimits } from './call.js';

/** For a file up or down, to its last byte. */
export const TRANSFER_MILLISECONDS = 15 * 60_000;

/** The limits of a trainer's call that carries no file. */
export const limitsFor = (operation: string, signal: AbortSignal | undefined): CallLimits => ({
  operation,
  timeoutMilliseconds: 60_000,
  signal,
});

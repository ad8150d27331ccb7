import type { OutcomeCode } from './exit-codes.js';

/** What a command answers: `data` for `--json`, `lines` for people. Errors are thrown as LifecycleError instead. */
export interface CommandOutcome {
  code: OutcomeCode;
  data: Record<string, unknown>;
  lines: string[];
}

export const ok = (data: Record<string, unknown>, lines: string[]): CommandOutcome => ({ code: 'OK', data, lines });

import type { Stage } from '../../domain/kernel/states.js';
import type { SayWaiting } from './limited-calls.js';

/** Waits that are shorter are told nobody. */
const WORTH_SAYING_MILLISECONDS = 1_000;

interface Told {
  waits: number;
  isSaid: boolean;
  timer: NodeJS.Timeout;
}

/**
 * Says of a run that it waits when one of its calls has waited for a second, and takes it back when none has waited for
 * as long: a run of many calls, some of which always wait, is said to wait throughout.
 */
export function createSayWaiting(
  setProgress: (runId: string, stage: Stage, progress: string | null) => Promise<void>,
): SayWaiting {
  const told = new Map<string, Told>();

  return ({ runId }, stage, words) => {
    const later = (state: Told, milliseconds: number): NodeJS.Timeout =>
      setTimeout(() => {
        if (state.waits === 0) told.delete(runId);
        if (state.isSaid === state.waits > 0) return;
        state.isSaid = state.waits > 0;
        setProgress(runId, stage, state.isSaid ? words() : null).catch(() => undefined);
      }, milliseconds).unref();
    const state: Told = told.get(runId) ?? { waits: 0, isSaid: false, timer: undefined as never };
    told.set(runId, state);
    state.waits += 1;
    if (state.waits === 1) restart(state, later(state, WORTH_SAYING_MILLISECONDS));
    return () => {
      state.waits -= 1;
      if (state.waits === 0) restart(state, later(state, WORTH_SAYING_MILLISECONDS));
    };
  };
}

function restart(state: Told, timer: NodeJS.Timeout): void {
  clearTimeout(state.timer);
  state.timer = timer;
}

import { isLifecycleError, LifecycleError, providerError } from '../domain/kernel/errors.js';
import type { TrainingState } from '../domain/ports/trainer.js';

/** So long may a provider say of a job what makes no sense, before a person has to look. */
const PATIENCE_MILLISECONDS = { unknown: 15 * 60_000, backwards: 15 * 60_000, vanished: 2 * 60_000 };
type Strangeness = keyof typeof PATIENCE_MILLISECONDS;

/** What was seen of a job so far. */
export interface Borne {
  hasRun?: boolean | undefined;
  /** Since when the provider says something strange of it; milliseconds since the epoch. */
  strangeSince?: number | undefined;
}

const VANISHED = 'not found';

/** A job that the provider does not know (404) is a state: what it lists may lag behind what it has created. */
export const vanishedState =
  (jobId: string) =>
  (error: unknown): TrainingState => {
    if (!isGone(error)) throw error;
    return { jobId, status: 'unknown', rawStatus: VANISHED, events: [] };
  };

/**
 * Lets a strange state pass for a while: a status that is not known, a job that is queued again, one that is not found.
 * @throws LifecycleError PROVIDER, not to be retried, when a person has to look.
 */
export function bear(state: TrainingState, seen: Borne): void {
  const strangeness = strangenessOf(state, seen);
  seen.hasRun ||= state.status === 'running';
  seen.strangeSince = strangeness === undefined ? undefined : (seen.strangeSince ?? Date.now());
  if (strangeness === undefined || seen.strangeSince === undefined) return;
  if (Date.now() - seen.strangeSince < PATIENCE_MILLISECONDS[strangeness]) return;
  throw providerError(lookThere(state, strangeness), { retryable: false });
}

/** A job that had succeeded when it was followed, and of which the provider says something else when it is to be taken. */
export const wentBack =
  (jobId: string) =>
  (error: unknown): never => {
    if (!isGone(error) && !isLifecycleError(error, 'CONFLICT')) throw error;
    const message = `The provider said that job ${jobId} had succeeded, and now: ${error.message} Look at the job there; nothing goes on with it here.`;
    throw new LifecycleError('CONFLICT', message, { jobId }, error);
  };

/** The provider does not know what it was asked for. */
const isGone = (error: unknown): error is LifecycleError =>
  isLifecycleError(error, 'PROVIDER') && error.details['status'] === 404;

function strangenessOf({ status, rawStatus }: TrainingState, { hasRun }: Borne): Strangeness | undefined {
  if (status === 'unknown') return rawStatus === VANISHED ? 'vanished' : 'unknown';
  return status === 'queued' && hasRun === true ? 'backwards' : undefined;
}

function lookThere({ jobId, rawStatus }: TrainingState, strangeness: Strangeness): string {
  switch (strangeness) {
    case 'unknown':
      return `The provider calls job ${jobId} '${rawStatus}', which is neither an end nor progress. Look at the job there: it may still go on.`;
    case 'backwards':
      return `Job ${jobId} had begun, and the provider calls it '${rawStatus}' again. Look at the job there: it may still go on.`;
    case 'vanished':
      return `The provider does not know job ${jobId} any more. Look there for what became of it: it may still go on, and cost.`;
    default:
      return strangeness satisfies never;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isLifecycleError } from '../../domain/kernel/errors.js';
import type { ProviderLimits } from '../../domain/limits/provider-limits.js';
import type { AccountLimits } from '../../domain/ports/account-limits.js';
import type { Trainer, TrainingState } from '../../domain/ports/trainer.js';
import { hasEnded } from '../../domain/training/has-ended.js';
import { limited, type LimitedProvider } from './limited-calls.js';

export interface LimitedTraining extends LimitedProvider {
  account: string;
  limits: ProviderLimits;
  shared: Pick<AccountLimits, 'takeJob' | 'endJob'>;
}

/** HTTP requests that each call makes, where no list has a second page. */
const REQUESTS = { submit: 5, find: 1, follow: 2, cancel: 1, result: 3 } as const;
const ASK_MILLISECONDS = 1_000;

/**
 * A trainer whose account is limited. A run holds one place among the account's jobs from before its submission until
 * its job has ended. A cancel never waits: it is charged, and others wait for it.
 */
export function limitTrainer(trainer: Trainer, at: LimitedTraining): Trainer {
  const { account, limits, shared, onBehalf } = at;

  const counted = <T>(name: keyof typeof REQUESTS, signal: AbortSignal | undefined, make: () => Promise<T>) =>
    limited(at, {
      stage: 'fine-tune',
      cost: { requests: REQUESTS[name], tokens: 0 },
      signal,
      // The lines of a submission are read as they are sent.
      isRepeatable: name !== 'submit',
      make,
    });

  async function takePlace(signal: AbortSignal | undefined): Promise<void> {
    const whose = await onBehalf();
    if (limits.concurrentJobs === undefined || whose === undefined) return;
    const jobs = `${limits.concurrentJobs} training ${limits.concurrentJobs === 1 ? 'job' : 'jobs'} at once`;
    const words = `waiting for the limit of provider ${at.provider}: ${jobs}`;
    const takeBack = at.say(whose, 'fine-tune', () => words);
    try {
      while (!(await shared.takeJob({ account, limits, runId: whose.runId }).catch(notYet))) {
        await sleep(ASK_MILLISECONDS, undefined, { signal }).catch(() => signal?.throwIfAborted());
      }
    } finally {
      takeBack();
    }
  }

  async function givePlace(state: TrainingState): Promise<TrainingState> {
    const whose = await onBehalf();
    if (hasEnded(state) && limits.concurrentJobs !== undefined && whose !== undefined)
      await shared.endJob(account, whose.runId);
    return state;
  }

  return {
    ...trainer,
    async submit(request, signal) {
      await takePlace(signal);
      return counted('submit', signal, () => trainer.submit(request, signal));
    },
    find: (key, signal) => counted('find', signal, () => trainer.find(key, signal)),
    async follow(jobId, afterEventId, signal) {
      return givePlace(await counted('follow', signal, () => trainer.follow(jobId, afterEventId, signal)));
    },
    async cancel(jobId) {
      at.limiter.charge({ requests: REQUESTS.cancel, tokens: 0 });
      return givePlace(await trainer.cancel(jobId));
    },
    result: (jobId, signal) => counted('result', signal, () => trainer.result(jobId, signal)),
  };
}

/** While Postgres is away a run waits on. */
function notYet(error: unknown): false {
  if (isLifecycleError(error, 'PROVIDER')) return false;
  throw error;
}

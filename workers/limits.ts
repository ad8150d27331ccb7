import { randomUUID } from 'node:crypto';
import type { ProviderConfig } from '../domain/config/providers.js';
import type { AccountLimits } from '../domain/ports/account-limits.js';
import type { ModelPort } from '../domain/ports/model.js';
import type { RunStore } from '../domain/ports/run-store.js';
import type { Trainer } from '../domain/ports/trainer.js';
import { createAccountLimiter, type AccountLimiter } from '../providers/limits/account-limiter.js';
import { limitModel } from '../providers/limits/limited-model.js';
import { limitTrainer } from '../providers/limits/limited-trainer.js';
import { createSayWaiting } from '../providers/limits/say-waiting.js';
import { createOnBehalf } from './on-behalf.js';

type Account = Pick<ProviderConfig, 'account' | 'limits'>;

/** Puts what a provider makes behind the limits of its account; providers of one account share them. */
export function createLimits({ shared, runs }: { shared: AccountLimits; runs: Pick<RunStore, 'setProgress'> }) {
  const worker = randomUUID();
  const onBehalf = createOnBehalf(shared.projectOf);
  const say = createSayWaiting(runs.setProgress);
  const limiters = new Map<string, AccountLimiter>();

  const limiterOf = ({ account, limits }: Account): AccountLimiter => {
    const limiter = limiters.get(account) ?? createAccountLimiter({ account, limits, shared, worker });
    limiters.set(account, limiter);
    return limiter;
  };
  const placeOf = (provider: string, config: Account) => ({
    provider,
    account: config.account,
    limits: config.limits,
    shared,
    onBehalf,
    say,
    limiter: limiterOf(config),
  });

  return {
    model: (provider: string, config: Account, model: ModelPort): ModelPort =>
      limitModel(model, placeOf(provider, config)),
    trainer: (provider: string, config: Account, trainer: Trainer): Trainer =>
      limitTrainer(trainer, placeOf(provider, config)),
  };
}

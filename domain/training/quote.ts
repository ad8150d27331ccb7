import { LifecycleError } from '../kernel/errors.js';
import type { Hyperparameters, Quote } from '../ports/trainer.js';

/** Micro-dollars for a million trained tokens, by base model. */
export type TrainingPrices = Record<string, number>;

/** Where the request does not say: what OpenAI's `auto` comes to for all but tiny files. */
const ASSUMED_EPOCHS = 3;

/**
 * Tokens times epochs times price; models under `local/` cost nothing.
 * @throws LifecycleError INVALID_INPUT for a base model without a price: an unknown cost is never 0.
 */
export function quoteTraining(
  prices: TrainingPrices,
  request: { baseModel: string; tokens: number; hyperparameters: Hyperparameters },
): Quote {
  const { baseModel, tokens, hyperparameters } = request;
  const epochs = typeof hyperparameters['epochs'] === 'number' ? hyperparameters['epochs'] : ASSUMED_EPOCHS;
  if (baseModel.startsWith('local/'))
    return { costMicroUsd: 0, tokens: tokens * epochs, basis: 'trained on this machine: no charge' };
  const price = Object.hasOwn(prices, baseModel) ? prices[baseModel] : undefined;
  if (price === undefined) {
    const message = `There is no training price for '${baseModel}'. Add it to the provider's price table.`;
    throw new LifecycleError('INVALID_INPUT', message, { baseModel });
  }
  return {
    costMicroUsd: Math.ceil((tokens * epochs * price) / 1_000_000),
    tokens: tokens * epochs,
    basis: `${tokens} tokens × ${epochs} epochs at ${price} micro-dollars a million tokens`,
  };
}

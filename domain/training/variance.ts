import type { Quote } from '../ports/trainer.js';

/** What was trained, against what was quoted: by the provider's word. */
export interface Variance {
  quotedTokens: number;
  trainedTokens: number;
  /** 0.25: a quarter more than quoted. */
  relative: number;
  /** The quote's price for the tokens that were trained. */
  costMicroUsd: number;
}

const NOTABLE = 0.1;

/** Undefined where the provider does not say what it trained, or nothing was quoted. */
export function varianceOf(quote: Quote, trainedTokens: number | null): Variance | undefined {
  if (trainedTokens === null || quote.tokens === 0) return undefined;
  const factor = trainedTokens / quote.tokens;
  return {
    quotedTokens: quote.tokens,
    trainedTokens,
    relative: Math.round((factor - 1) * 10_000) / 10_000,
    costMicroUsd: Math.round(quote.costMicroUsd * factor),
  };
}

/** Whether people should hear of it: more than a tenth either way. */
export const isNotable = ({ relative }: Variance): boolean => Math.abs(relative) > NOTABLE;

export const varianceInWords = ({ quotedTokens, trainedTokens, relative }: Variance): string =>
  `${trainedTokens} tokens trained, ${Math.abs(relative * 100).toFixed(1)} % ${relative < 0 ? 'fewer' : 'more'} than the ${quotedTokens} quoted`;

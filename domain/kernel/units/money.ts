import { LifecycleError } from '../errors.js';

const MICRO = 1_000_000;

/** US dollars with at most six decimals, a space and the currency: `200 USD`, `0.05 USD`. */
export const MONEY_PATTERN = /^(0|[1-9][0-9]*)(?:\.([0-9]{1,6}))? USD$/;

/** Integer micro-dollars of a written amount. @throws LifecycleError INVALID_INPUT */
export function parseMoney(text: string): number {
  const [match, dollars, decimals = ''] = MONEY_PATTERN.exec(text) ?? [];
  const microUsd = match === undefined ? Number.NaN : Number(dollars) * MICRO + Number(decimals.padEnd(6, '0'));
  if (!Number.isSafeInteger(microUsd)) {
    throw new LifecycleError(
      'INVALID_INPUT',
      `"${text}" is not an amount of money: write e.g. 200 USD or 0.05 USD (at most six decimals).`,
    );
  }
  return microUsd;
}

/** An amount as people write it, cents in full; `parseMoney` reads it back. @throws LifecycleError INVALID_INPUT */
export function printMoney(microUsd: number): string {
  if (!Number.isSafeInteger(microUsd) || microUsd < 0) {
    throw new LifecycleError('INVALID_INPUT', `${microUsd} is not a whole number of micro-dollars, zero or more.`);
  }
  const rest = microUsd % MICRO;
  const dollars = (microUsd - rest) / MICRO;
  if (rest === 0) return `${dollars} USD`;
  const decimals = String(rest)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${dollars}.${decimals} USD`;
}

import { z } from 'zod';
import { digestOf } from '../evidence/canonical.js';
import { count, name } from '../lifecycle-file/schema/fields.js';
import type { ProviderLimits } from '../limits/provider-limits.js';
import { json } from './json.js';
import { withSecrets } from './secrets.js';

/** An OpenAI-compatible service that models are trained or asked at. */
export interface ProviderConfig {
  /** With the version, e.g. `http://127.0.0.1:4010/v1`. */
  baseUrl: string;
  /** May be or hold `${secret:NAME}`: resolved when it is used. */
  apiKey: string;
  /** Micro-dollars for a million trained tokens, by base model. */
  prices: Record<string, number>;
  /** Providers of one account share its limits. */
  account: string;
  limits: ProviderLimits;
}

/** Sent where a service asks for no key: clients insist on one. */
const NO_KEY = 'none';

const limits = z.strictObject({
  requestsPerMinute: count(1).optional(),
  tokensPerMinute: count(1).optional(),
  concurrentRequests: count(1).optional(),
  concurrentJobs: count(1).optional(),
});

const provider = z
  .strictObject({
    baseUrl: z.url({
      protocol: /^https?$/,
      error: 'Write an http(s) URL with the version, e.g. http://127.0.0.1:4010/v1.',
    }),
    apiKey: withSecrets(z.string().min(1, { error: 'Write a key, or leave it out.' })).optional(),
    pricesMicroUsdPerMillionTokens: z.record(z.string(), count(0)).optional(),
    account: name.optional(),
    limits: limits.optional(),
  })
  .transform(({ apiKey = NO_KEY, pricesMicroUsdPerMillionTokens: prices = {}, ...stated }) => ({
    ...stated,
    apiKey,
    prices,
  }));

/** `ASSAY_PROVIDERS`: JSON, providers by name. */
export const providers = json
  .pipe(z.record(name, provider))
  .transform((stated, context): Record<string, ProviderConfig> => {
    const limitsOf = accountLimits(Object.entries(stated), (key, message) =>
      context.addIssue({ code: 'custom', path: [key, 'limits'], message }),
    );
    return Object.fromEntries(
      Object.entries(stated).map(([key, { limits: _limits, account = key, ...rest }]) => [
        key,
        { ...rest, account, limits: limitsOf.get(account) ?? {} },
      ]),
    );
  });

/** What each account allows: one of its providers says it, or several say the same. */
function accountLimits(
  stated: [string, { account?: string | undefined; limits?: ProviderLimits | undefined }][],
  refuse: (provider: string, message: string) => void,
): Map<string, ProviderLimits> {
  const limitsOf = new Map<string, ProviderLimits>();
  for (const [key, { account = key, limits: own }] of stated) {
    if (own === undefined) continue;
    const known = limitsOf.get(account) ?? own;
    if (digestOf(known) !== digestOf(own))
      refuse(key, `The account ${account} has other limits above: state them once.`);
    limitsOf.set(account, own);
  }
  return limitsOf;
}

import { z } from 'zod';
import { count, name } from '../lifecycle-file/schema/fields.js';
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
}

/** Sent where a service asks for no key: clients insist on one. */
const NO_KEY = 'none';

const provider = z
  .strictObject({
    baseUrl: z.url({
      protocol: /^https?$/,
      error: 'Write an http(s) URL with the version, e.g. http://127.0.0.1:4010/v1.',
    }),
    apiKey: withSecrets(z.string().min(1, { error: 'Write a key, or leave it out.' })).optional(),
    pricesMicroUsdPerMillionTokens: z.record(z.string(), count(0)).optional(),
  })
  .transform(({ baseUrl, apiKey = NO_KEY, pricesMicroUsdPerMillionTokens: prices = {} }): ProviderConfig => ({
    baseUrl,
    apiKey,
    prices,
  }));

/** `ASSAY_PROVIDERS`: JSON, providers by name. */
export const providers = json.pipe(z.record(name, provider));

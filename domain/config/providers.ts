import { z } from 'zod';
import { count, name } from '../lifecycle-file/schema/fields.js';

/** An OpenAI-compatible service that models are trained or asked at. */
export interface ProviderConfig {
  /** With the version, e.g. `http://127.0.0.1:4010/v1`. */
  baseUrl: string;
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
    apiKey: z.string().min(1, { error: 'Write a key, or leave it out.' }).optional(),
    pricesMicroUsdPerMillionTokens: z.record(z.string(), count(0)).optional(),
  })
  .transform(({ baseUrl, apiKey = NO_KEY, pricesMicroUsdPerMillionTokens: prices = {} }): ProviderConfig => ({
    baseUrl,
    apiKey,
    prices,
  }));

/** `ASSAY_PROVIDERS`: JSON, providers by name. */
export const providers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'This is not JSON.' });
      return z.NEVER;
    }
  })
  .pipe(z.record(name, provider));

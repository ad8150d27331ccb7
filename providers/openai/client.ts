import OpenAI from 'openai';

export interface OpenAiConnection {
  /** With the version, e.g. `http://127.0.0.1:4010/v1`. */
  baseUrl: string;
  apiKey: string;
  fetch?: typeof globalThis.fetch;
}

/**
 * The official client with everything stated that it would else take from the environment, its own retries off
 * (Temporal retries) and redirects not followed (they would carry data to a host that nobody configured).
 */
export const createClient = ({ baseUrl, apiKey, fetch }: OpenAiConnection): OpenAI =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetchOptions: { redirect: 'manual' },
    ...(fetch === undefined ? {} : { fetch }),
  });

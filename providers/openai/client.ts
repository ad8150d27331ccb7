import OpenAI from 'openai';
import { asRotatingKey, type RotatingKey } from '../../domain/ports/secrets.js';
import { withKey } from './with-key.js';

export interface OpenAiConnection {
  /** With the version, e.g. `http://127.0.0.1:4010/v1`. */
  baseUrl: string;
  apiKey: string | RotatingKey;
  fetch?: typeof globalThis.fetch;
}

/**
 * The official client with everything stated that it would else take from the environment, its own retries off
 * (Temporal retries), redirects not followed (they would carry data to a host that nobody configured), and of the body of
 * an error only the beginning, which the client reads whole.
 */
export const createClient = ({ baseUrl, apiKey, fetch = globalThis.fetch }: OpenAiConnection): OpenAI =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey: 'put in with each call',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetchOptions: { redirect: 'manual' },
    fetch: withKey(asRotatingKey(apiKey), async (input, init) => cutErrorShort(await fetch(input, init))),
  });

const MOST_ERROR_BYTES = 64 * 1024;

function cutErrorShort(response: Response): Response {
  if (response.ok || response.body === null) return response;
  let bytes = 0;
  const beginning = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, MOST_ERROR_BYTES - bytes));
      bytes += chunk.byteLength;
      if (bytes >= MOST_ERROR_BYTES) controller.terminate();
    },
  });
  return new Response(response.body.pipeThrough(beginning), response);
}

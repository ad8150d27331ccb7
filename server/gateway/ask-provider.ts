import { z } from 'zod';
import { asRotatingKey, type RotatingKey } from '../../domain/ports/secrets.js';
import { GatewayRefusal } from './openai-error.js';

/** Where a provider is reached: the base URL of its OpenAI-compatible API, e.g. `http://127.0.0.1:9000/v1`. */
export interface ProviderAddress {
  baseUrl: string;
  apiKey: string | RotatingKey;
}

/** What the gateway reads of a provider's answer; the rest is passed on as it came. */
const completionSchema = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string().nullish() }) })).min(1),
  usage: z.looseObject({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
});
export type Completion = z.infer<typeof completionSchema>;

/** An answer that is larger is cut off and counts as a failure. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Asks once: the caller decides about another try. @throws GatewayRefusal for whatever is not a completion; a
 * provider's own words are never passed on, since they may quote the request or our key.
 */
export async function askProvider(
  { baseUrl, apiKey }: ProviderAddress,
  body: unknown,
  signal: AbortSignal,
): Promise<Completion> {
  const response = await sendWithKey(`${baseUrl.replace(/\/$/, '')}/chat/completions`, apiKey, { body, signal });
  const text = await readBounded(response).catch((cause: unknown) => refuseBroken(cause));
  if (!response.ok) throw refusalOf(response);
  const parsed = completionSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new GatewayRefusal(502, 'provider_failed', 'The provider answered with something that is not a completion.');
}

interface Ask {
  body: unknown;
  signal: AbortSignal;
}

/** A key that is refused is read again: it may have been exchanged. */
async function sendWithKey(url: string, apiKey: string | RotatingKey, ask: Ask): Promise<Response> {
  const key = asRotatingKey(apiKey);
  const value = await key.current();
  const response = await send(url, value, ask);
  const renewed = response.status === 401 ? await key.renewed() : value;
  if (renewed === value) return response;
  await response.body?.cancel();
  return send(url, renewed, ask);
}

async function send(url: string, apiKey: string, ask: Ask): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(ask.body),
      redirect: 'error',
      signal: ask.signal,
    });
  } catch (cause) {
    return refuseBroken(cause);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LIMIT_BYTES) throw new GatewayRefusal(502, 'provider_failed', 'The provider answered without end.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuseBroken(cause: unknown): never {
  if (cause instanceof GatewayRefusal) throw cause;
  if (cause instanceof Error && cause.name === 'TimeoutError')
    throw new GatewayRefusal(504, 'provider_timeout', 'The provider did not answer in time.');
  throw new GatewayRefusal(502, 'provider_failed', 'The provider cannot be reached or broke off.');
}

/** 429 stays 429; what the caller wrote wrongly stays the caller's; our key and the provider's troubles are 502. */
function refusalOf(response: Response): GatewayRefusal {
  const { status } = response;
  if (status === 429) {
    const retryAfter = /^\d{1,5}$/.exec(response.headers.get('retry-after') ?? '')?.[0] ?? '1';
    return new GatewayRefusal(429, 'rate_limited', 'The provider asks to slow down.', retryAfter);
  }
  if (status === 400 || status === 413 || status === 422)
    return new GatewayRefusal(400, 'provider_refused', `The provider does not accept this request (${status}).`);
  return new GatewayRefusal(502, 'provider_failed', `The provider failed (${status}).`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { z } from 'zod';
import { mapProviderError, timeoutError, UnreadableAnswerError } from './map-error.js';

export interface CallLimits {
  /** What is done, for messages: "Creating the fine-tuning job". */
  operation: string;
  timeoutMilliseconds: number;
  signal?: AbortSignal | undefined;
}

/** What every call of the client is given, so that the limits hold until the last byte of the body. */
export interface CallOptions {
  signal: AbortSignal;
  timeout: number;
}

/**
 * Makes one call. The caller's abort comes out as its own reason; everything else that goes wrong as a PROVIDER error.
 * The client's own time-out ends with the headers, so a body that drips is ended here.
 */
export async function callProvider<T>(limits: CallLimits, call: (options: CallOptions) => Promise<T>): Promise<T> {
  const { operation, timeoutMilliseconds, signal } = limits;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMilliseconds);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    return await call({ signal: either, timeout: timeoutMilliseconds + 1000 });
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.aborted) throw timeoutError(operation, timeoutMilliseconds);
    throw mapProviderError(operation, error);
  }
}

/**
 * One call whose answer is JSON of a known shape; what else the answer holds is ignored.
 * @throws as `callProvider`; a PROVIDER error that may be retried where the answer is not of that shape.
 */
export const callForJson = <T>(
  limits: CallLimits,
  schema: z.ZodType<T>,
  call: (options: CallOptions) => { asResponse(): Promise<Response> },
): Promise<T> =>
  callProvider(limits, async (options) => readAnswer(await readText(await call(options).asResponse()), schema));

/** No list, job or answer that is asked for here comes near it. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The body, as far as it may go: one without an end would fill the worker's memory before the time is up. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new UnreadableAnswerError(`larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer<T>(text: string, schema: z.ZodType<T>): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new UnreadableAnswerError(`not JSON (${text.length} characters)`);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'the top';
  throw new UnreadableAnswerError(`JSON of another shape (at ${where})`);
}

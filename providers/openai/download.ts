import type OpenAI from 'openai';
import { mapProviderError, timeoutError } from './map-error.js';
import { callProvider } from './call.js';
import { TRANSFER_MILLISECONDS } from './limits.js';

/** Streams a file's bytes, asked for when the first is read. @throws as `callProvider`, also in the middle. */
export async function* download(
  client: OpenAI,
  fileId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const operation = `Downloading the file ${fileId}`;
  const deadline = AbortSignal.timeout(TRANSFER_MILLISECONDS);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const limits = { operation, timeoutMilliseconds: TRANSFER_MILLISECONDS, signal };
  const response = await callProvider(limits, ({ timeout }) =>
    client.files.content(fileId, { signal: either, timeout }),
  );
  try {
    for await (const chunk of response.body ?? []) yield chunk;
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.aborted) throw timeoutError(operation, TRANSFER_MILLISECONDS);
    throw mapProviderError(operation, error);
  }
}

import type { RotatingKey } from '../../domain/ports/secrets.js';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A fetch that sends the key as it is now. One that is refused (401) is read again, and where it has been exchanged, the
 * call is repeated with the new one. Answers come back with the key masked, should they repeat it: they end in histories.
 */
export function withKey(key: RotatingKey, fetch: Fetch): Fetch {
  const send = async (value: string, input: Parameters<Fetch>[0], init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${value}`);
    return masked(await fetch(input, { ...init, headers }), value);
  };
  return async (input, init = {}) => {
    const value = await key.current();
    const response = await send(value, input, init);
    if (response.status !== 401 || init.body instanceof ReadableStream) return response;
    const renewed = await key.renewed();
    if (renewed === value) return response;
    await response.body?.cancel();
    return send(renewed, input, init);
  };
}

/** Shorter keys would mask ordinary words. */
const SHORTEST_MASKED = 8;
const MASK = '[key]';

/** A file's bytes stay as they are: a digest stands for them, and they are not quoted. */
function masked(response: Response, key: string): Response {
  const isFile = response.ok && response.url.endsWith('/content');
  if (isFile || response.body === null || key.length < SHORTEST_MASKED) return response;
  return new Response(response.body.pipeThrough(maskingStream(key)), response);
}

/** Replaces the key also where it lies across two chunks. Bytes are handled as Latin-1, one character each. */
function maskingStream(key: string): TransformStream<Uint8Array, Uint8Array> {
  const needle = Buffer.from(key).toString('latin1');
  const tail = needle.length - 1;
  let kept = '';
  return new TransformStream({
    transform(chunk, controller) {
      const text = (kept + Buffer.from(chunk).toString('latin1')).replaceAll(needle, MASK);
      kept = text.slice(-tail);
      controller.enqueue(Buffer.from(text.slice(0, -tail), 'latin1'));
    },
    flush: (controller) => controller.enqueue(Buffer.from(kept, 'latin1')),
  });
}

import createClient from 'openapi-fetch';
import type { paths } from '../../client/openapi-types.js';
import { ApiProblem } from './problem.js';
import { heldToken } from './token.js';

const client = createClient<paths>({ baseUrl: '', redirect: 'error' });
client.use({
  onRequest({ request }) {
    const token = heldToken();
    if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
});

/** The api, with the types of its document. */
export const api = client;

interface Answered<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** The answer's body. @throws ApiProblem */
export async function answerOf<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked.catch(() => {
    throw new ApiProblem(0, undefined);
  });
  if (data !== undefined) return data;
  if (response.ok) return undefined as T;
  throw new ApiProblem(response.status, error ?? {});
}

const KEY_BYTES = 16;

/** A name for one act of a person, so that asking again is asking once. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

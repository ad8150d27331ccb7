import createClient from 'openapi-fetch';
import type { paths } from '../../client/openapi-types.js';
import { ApiProblem } from './problem.js';

/** The api, with the types of its document; the browser adds the session's cookie. */
export const api = createClient<paths>({ baseUrl: '', redirect: 'error', credentials: 'same-origin' });

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

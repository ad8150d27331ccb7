import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi-types.js';

export type { components, operations, paths } from './openapi-types.js';
export type AssayClient = Client<paths>;

/**
 * A client of the api with the types of its OpenAPI document: `assay.GET('/v1/runs/{id}', { params: … })` gives
 * `{ data }`, or `{ error }` with a problem (RFC 9457). It asks once: with an `Idempotency-Key` a POST may be repeated.
 * Also exported as `assay/client`.
 */
export function createAssayClient(options: {
  /** E.g. `http://127.0.0.1:7460`. */
  baseUrl: string;
  /** `assay_…`; never sent anywhere but to `baseUrl`. */
  token: string;
  /** Default: the runtime's own. */
  fetch?: (request: Request) => Promise<Response>;
}): AssayClient {
  const { baseUrl, token, fetch } = options;
  return createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    ...(fetch !== undefined && { fetch }),
  });
}

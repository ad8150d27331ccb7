import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Why the gateway gave no answer, in words of our own: a persisted contract of its callers. */
export type GatewayErrorCode =
  | 'invalid_request'
  | 'stream_not_supported'
  | 'invalid_api_key'
  | 'not_allowed'
  | 'model_not_found'
  | 'version_not_approved'
  | 'request_too_large'
  | 'rate_limited'
  | 'provider_refused'
  | 'provider_failed'
  | 'provider_timeout'
  | 'unavailable'
  | 'internal';

/** An answer that is an error, in the shape that OpenAI's clients read. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
  readonly status: ContentfulStatusCode;
  readonly code: GatewayErrorCode;
  readonly retryAfter: string | undefined;

  constructor(status: ContentfulStatusCode, code: GatewayErrorCode, message: string, retryAfter?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The body of an error: `type` as OpenAI has it by status, `code` as above. */
export const errorBody = ({ status, code, message }: GatewayRefusal) => ({
  error: { message, type: errorType(status), param: null, code },
});

function errorType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'api_error' : 'invalid_request_error';
}

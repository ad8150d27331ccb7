/** What a receiver said. */
export interface WebhookReply {
  status: number;
  retryAfterMilliseconds?: number;
}

/**
 * Sends a body to an address that somebody wrote down: to public addresses only, unless the operator allows more; it
 * follows no redirect and reads no answer beyond its head.
 * @throws LifecycleError INVALID_INPUT for an address that it may not ask; PROVIDER where nobody answers in time
 */
export type WebhookPost = (request: {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}) => Promise<WebhookReply>;

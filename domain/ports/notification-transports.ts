/** What a receiver said. */
export interface Reply {
  /** Of HTTP, or of SMTP: from 200 to 299 it has arrived. */
  status: number;
  retryAfterMilliseconds?: number;
  /** It will never be taken: nothing is to be repeated. */
  isFinal?: boolean;
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
}) => Promise<Reply>;

/**
 * Hands a mail to the mail server. The same id makes the same Message-ID, so that a repeat is recognisable where nobody
 * can say whether the first had arrived.
 * @throws LifecycleError INVALID_INPUT where the worker has no mail server or the address is none; PROVIDER where the
 * server is not there, says nothing or breaks off
 */
export type SendMail = (mail: {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** ISO 8601: the same at every attempt. */
  at: string;
  signal: AbortSignal;
}) => Promise<Reply>;

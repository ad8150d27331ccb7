import type { DueDelivery } from '../../db/stores/notification-outbox.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { mailText } from '../../domain/notifications/mail-text.js';
import { noticeSchema, type Notice } from '../../domain/notifications/notice.js';
import { slackBody } from '../../domain/notifications/slack-body.js';
import type { Reply, SendMail, WebhookPost } from '../../domain/ports/notification-transports.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import { signedHeaders } from '../../domain/webhooks/signature.js';

/** What messages leave by. */
export interface Transports {
  post: WebhookPost;
  sendMail: SendMail;
  secrets: Secrets;
  /** What links in messages to people begin with; without it they have none. */
  publicUrl: string | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** Sends one message once. @throws LifecycleError where it did not get there; NOT_FOUND that is final where nobody is there */
export function sendNotification(due: DueDelivery, transports: Transports, signal: AbortSignal): Promise<Reply> {
  switch (due.kind) {
    case 'webhook':
      return sendWebhook(due, transports, signal);
    case 'slack':
      return sendSlack(due, transports, signal);
    case 'email':
      return sendToAddress(due, transports, signal);
  }
}

const GONE = 410;
const asPosted = (reply: Reply): Reply => ({ ...reply, isFinal: reply.status === GONE });

async function sendWebhook(
  due: DueDelivery,
  { post, secrets, clock }: Transports,
  signal: AbortSignal,
): Promise<Reply> {
  const { id, url, body } = due;
  const keys = await Promise.all(due.secrets.map((written) => secrets.resolve(written)));
  const signed = signedHeaders({ id, body, seconds: Math.floor(clock() / 1000) }, keys);
  return asPosted(
    await post({ url: url ?? '', headers: { ...signed, 'user-agent': 'assay-webhooks/1' }, body, signal }),
  );
}

async function sendSlack(
  due: DueDelivery,
  { post, secrets, publicUrl }: Transports,
  signal: AbortSignal,
): Promise<Reply> {
  const url = await secrets.resolve(due.secrets[0] ?? '');
  const body = slackBody(noticeIn(due), publicUrl);
  return asPosted(await post({ url, headers: { 'user-agent': 'assay-notifications/1' }, body, signal }));
}

async function sendToAddress(
  due: DueDelivery,
  { sendMail, publicUrl }: Transports,
  signal: AbortSignal,
): Promise<Reply> {
  const { id, email } = due;
  if (email === null) throw new LifecycleError('NOT_FOUND', 'Who it is for has set no address.', { isFinal: true });
  const notice = noticeIn(due);
  return sendMail({ id, to: email, ...mailText(notice, publicUrl), at: notice.at, signal });
}

const noticeIn = ({ body }: DueDelivery): Notice => noticeSchema.parse(JSON.parse(body));

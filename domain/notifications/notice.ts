import { z } from 'zod';

/** What is sent to try a channel for people. */
export const TEST_NOTICE = 'notification.test';

/**
 * What people are told of an event, as it is kept until it is sent: what it is about and by when, no evidence, no reason
 * and nothing that somebody wrote.
 */
export const noticeSchema = z.object({
  type: z.string(),
  /** ISO 8601. */
  at: z.string(),
  project: z.string(),
  /** The id of what changed. */
  subject: z.string(),
  /** The page where it can be dealt with, below the public address; null: there is none. */
  page: z.string().nullable(),
  model: z.string().nullable(),
  digest: z.string().nullable(),
  /** ISO 8601. */
  deadline: z.string().nullable(),
  state: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What is known of the approval request that an event is about. */
export interface NoticedRequest {
  id: string;
  runId: string;
  model: string;
  subjectDigest: string;
  /** ISO 8601. */
  expiresAt: string;
}

interface NoticedEvent {
  type: string;
  at: string;
  project: string;
  subject: string;
  details: Readonly<Record<string, unknown>>;
}

/** Puts together what people are told; what is not known is left out. */
export function noticeOf(event: NoticedEvent, request: NoticedRequest | undefined): Notice {
  const { type, at, project, subject, details } = event;
  const text = (name: string): string | null => (typeof details[name] === 'string' ? details[name] : null);
  return {
    type,
    at,
    project,
    subject,
    page: pageOf(event, request),
    model: request?.model ?? text('name'),
    digest: request?.subjectDigest ?? text('subjectDigest'),
    deadline: OVER.includes(type) ? null : (request?.expiresAt ?? text('dueAt')),
    state: text('state') ?? text('status'),
  };
}

const OVER: readonly string[] = ['approval.closed', 'approval.voided', 'approval.lapsed'];

/** A question that is no approval is found in the inbox. */
function pageOf({ type }: NoticedEvent, request: NoticedRequest | undefined): string | null {
  if (request !== undefined) return `/approvals/${encodeURIComponent(request.id)}`;
  return type === 'task.opened' ? '/' : null;
}

/** The request that an event is about, by id. */
export function requestIdOf({
  action,
  subject,
  details,
}: {
  action: string;
  subject: string;
  details: Readonly<Record<string, unknown>>;
}): string | undefined {
  if (action.startsWith('approval.')) return subject;
  const { requestId } = details;
  return typeof requestId === 'string' ? requestId : undefined;
}

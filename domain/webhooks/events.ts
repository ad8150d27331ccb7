/** What a webhook can be told of, by the names of the audit log, with the details that it is told: ids, states, counts. */
const DETAILS = {
  'run.requested': ['name', 'planDigest'],
  'run.began': [],
  'run.paused': [],
  'run.resumed': [],
  'run.finished': ['name', 'status'],
  'approval.opened': ['runId', 'subjectDigest'],
  'approval.closed': ['runId', 'state', 'subjectDigest'],
  'decision.recorded': ['requestId', 'stage', 'role', 'verdict'],
  'waiver.recorded': ['requestId', 'question', 'role', 'until'],
  'model.registered': ['runId', 'evidence', 'weights'],
  'alias.moved': ['revision', 'to', 'champion', 'runId', 'requestId'],
  'window.recorded': ['alias', 'items', 'labelled', 'verdict'],
} as const;

export type WebhookEvent = keyof typeof DETAILS;
export const WEBHOOK_EVENTS = Object.keys(DETAILS) as [WebhookEvent, ...WebhookEvent[]];

/** What is sent to try an endpoint. */
export const TEST_EVENT = 'webhook.test';

export const isWebhookEvent = (action: string): action is WebhookEvent => Object.hasOwn(DETAILS, action);

/** An event as Standard Webhooks writes it: no reason, no name of a person, no text of a record is in it. */
export function webhookBody(event: {
  type: WebhookEvent | typeof TEST_EVENT;
  /** ISO 8601. */
  at: string;
  project: string;
  /** The id of what changed. */
  subject: string;
  details: Readonly<Record<string, unknown>>;
}): string {
  const { type, at, project, subject, details } = event;
  const told: readonly string[] = type === TEST_EVENT ? [] : DETAILS[type];
  const known = told.filter((key) => details[key] !== undefined).map((key) => [key, details[key]]);
  return JSON.stringify({ type, timestamp: at, data: { project, id: subject, ...Object.fromEntries(known) } });
}

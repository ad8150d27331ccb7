/** What others can be told of, by the names of the audit log, with the details that a webhook is told: ids, states, counts. */
const DETAILS = {
  'run.requested': ['name', 'planDigest'],
  'run.began': [],
  'run.paused': [],
  'run.resumed': [],
  'run.finished': ['name', 'status'],
  'approval.opened': ['runId', 'subjectDigest'],
  'approval.stage-opened': ['runId', 'stage', 'expiresAt'],
  'approval.reminded': ['runId', 'percent', 'expiresAt'],
  'approval.escalated': ['runId', 'stage', 'role', 'to', 'expiresAt'],
  'approval.closed': ['runId', 'state', 'subjectDigest'],
  'approval.voided': ['runId', 'state', 'subjectDigest'],
  'approval.lapsed': ['runId', 'alias', 'whenEnded'],
  'decision.recorded': ['requestId', 'stage', 'role', 'verdict'],
  'delegation.recorded': ['role', 'from', 'until'],
  'waiver.recorded': ['requestId', 'question', 'role', 'until'],
  'task.opened': ['kind', 'subject'],
  'model.registered': ['runId', 'evidence', 'weights'],
  'alias.moved': ['revision', 'to', 'champion', 'runId', 'requestId'],
  'alias.corrected': ['revision', 'effectiveAt'],
  'window.recorded': ['alias', 'items', 'labelled', 'verdict'],
} as const;

export type NotifiedEvent = keyof typeof DETAILS;
export const NOTIFIED_EVENTS = Object.keys(DETAILS) as [NotifiedEvent, ...NotifiedEvent[]];

/** What people and teams are told of where nothing else is asked for: whatever waits for somebody, and how it ended. */
export const EVENTS_FOR_PEOPLE = [
  'approval.opened',
  'approval.stage-opened',
  'approval.reminded',
  'approval.escalated',
  'approval.closed',
  'approval.voided',
  'approval.lapsed',
  'delegation.recorded',
  'task.opened',
] as const satisfies readonly NotifiedEvent[];

/** What is sent to try a webhook. */
export const TEST_EVENT = 'webhook.test';

export const isNotifiedEvent = (action: string): action is NotifiedEvent => Object.hasOwn(DETAILS, action);

const ABOUT_WAITING: readonly NotifiedEvent[] = [
  'approval.opened',
  'approval.stage-opened',
  'approval.reminded',
  'approval.escalated',
];
/** Whether it says that a request waits for signatures. */
export const isAboutWaiting = (type: NotifiedEvent): boolean => ABOUT_WAITING.includes(type);

/** A request's own events tell of it: its tasks are told to systems alone. */
export const isForPeople = ({
  action,
  details,
}: {
  action: string;
  details: Readonly<Record<string, unknown>>;
}): boolean => !(action === 'task.opened' && (details['kind'] === 'approval' || details['kind'] === 'waiver'));

/** An event as Standard Webhooks writes it: no reason, no name of a person, no text of a record is in it. */
export function webhookBody(event: {
  type: NotifiedEvent | typeof TEST_EVENT;
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

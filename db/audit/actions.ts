/** What the audit log can say. Persisted names: a contract. */
export const AUDIT_ACTIONS = [
  'project.created',
  'principal.created',
  'role.granted',
  'role.revoked',
  'token.created',
  'token.revoked',
  'run.requested',
  'run.began',
  'run.waiting',
  'run.paused',
  'run.resumed',
  'run.finished',
  'stage.began',
  'stage.finished',
  'evidence.kept',
  'command.recorded',
  'command.taken',
  'effect.intended',
  'effect.done',
  'approval.opened',
  'approval.closed',
  'decision.recorded',
  'waiver.recorded',
  'attempt.refused',
  'model.registered',
  'alias.moved',
  'prompt.pushed',
  'prompt.alias-set',
  'window.recorded',
  'feedback.recorded',
  'trigger.recorded',
  'trigger.settled',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The actor of what workflows do on nobody's direct word. */
export const WORKER_ACTOR = 'assay-worker';

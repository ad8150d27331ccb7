import { USUAL_REMINDERS, type ApprovalPolicy } from './approval-policy.js';
import { parseDuration } from './units/duration.js';

/** A moment of an open request at which something is said, while somebody is missing. */
export type ApprovalMark = { afterMilliseconds: number } & (
  { kind: 'reminder'; percent: number } | { kind: 'escalation'; stage: string; role: string; to: string }
);

/** The marks of a request, first things first. What would come after its end is left out. */
export function approvalMarks(policy: ApprovalPolicy, expiresAfterMilliseconds: number): ApprovalMark[] {
  const reminders = (policy.reminders ?? USUAL_REMINDERS).map((percent): ApprovalMark => ({
    kind: 'reminder',
    percent,
    afterMilliseconds: Math.round((expiresAfterMilliseconds * percent) / 100),
  }));
  const escalations = policy.stages.flatMap((stage) =>
    stage.roles.flatMap(({ role, escalate = [] }) =>
      escalate.map(({ after, to }): ApprovalMark => ({
        kind: 'escalation',
        stage: stage.name,
        role,
        to,
        afterMilliseconds: parseDuration(after),
      })),
    ),
  );
  return [...reminders, ...escalations]
    .filter(({ afterMilliseconds }) => afterMilliseconds < expiresAfterMilliseconds)
    .toSorted((a, b) => a.afterMilliseconds - b.afterMilliseconds);
}

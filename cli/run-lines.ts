import { colours } from './colours.js';
import type { ApprovalView } from '../domain/api/approval.js';
import type { RunView, StageView } from '../domain/api/run.js';
import type { StageStatus } from '../domain/kernel/states.js';
import { plainText } from './plain-text.js';
import { dueInWords, sinceInWords, spanInWords } from './time-words.js';

/** A stage in one line: mark, name, status, how long it took, and what it waits for or how far it is. */
export function stageLine(stage: StageView, now: number): string {
  const waiting = stage.waitingFor === null ? '' : ` · ${plainText(stage.waitingFor)}`;
  return `${MARKS[stage.status]} ${stageWords(stage, now)}${waiting}`;
}

/** Its name, status, how long it took, and whose work stands for it. */
export function stageWords(stage: StageView, now: number): string {
  const began = Date.parse(stage.startedAt);
  const took = spanInWords((stage.endedAt === null ? now : Date.parse(stage.endedAt)) - began);
  const reused = stage.reusedFrom === null ? '' : ` · ${reusedInWords(stage.reusedFrom)}`;
  return `${stage.stage.padEnd(10)} ${stage.status.padEnd(9)} ${colours.dim(took)}${reused}`;
}

const reusedInWords = ({ runId, kind }: NonNullable<StageView['reusedFrom']>): string =>
  kind === 'fork' ? `reused from ${runId}` : `reused from ${runId}: same inputs`;

const MARKS: Record<StageStatus, string> = {
  running: colours.cyan('›'),
  waiting: colours.yellow('…'),
  succeeded: colours.green('✓'),
  refused: colours.red('✗'),
  failed: colours.red('!'),
  cancelled: colours.dim('–'),
  skipped: colours.dim('–'),
};

/** The head of a run in one line. */
export function runLine(run: RunView): string {
  const reason = run.reason === null ? '' : `: ${plainText(run.reason)}`;
  return `${colours.bold(run.id)}  ${run.name}  ${run.status}${reason}  ${colours.dim(`requested by ${plainText(run.requestedBy)}`)}`;
}

/** What an open approval waits for: "waiting for legal since 3 h, due in 5 d". */
export function waitingLine(approval: ApprovalView, now: number): string {
  const people = approval.missing.map(({ role, count }) => (count > 1 ? `${count} × ${role}` : role));
  const waivers = approval.unwaived.map(
    (question) => `a waiver of ${question} by ${approval.terms.policy.waivers.role}`,
  );
  const whom = [...people, ...waivers].map(plainText).join(' and ') || 'the workflow';
  return `waiting for ${whom} ${sinceInWords(approval.openedAt, now)}, ${dueInWords(approval.expiresAt, now)}`;
}

import { colours } from './colours.js';
import { shortDigest } from '../domain/kernel/digest.js';
import type { DecisionVerdict } from '../domain/kernel/states.js';
import type { CommandContext } from './action.js';
import { approvalLines } from './approval-lines.js';
import { confirm } from './confirm.js';
import { readGates } from './gate-lines.js';
import { ok, type CommandOutcome } from './outcome.js';

export interface DecideOptions {
  reason: string;
  role?: string;
  yes?: boolean;
}

/** Shows a request, asks whether the viewer means it, and signs exactly the content that was shown. */
export async function decideRequest(
  context: CommandContext,
  id: string,
  { verdict, reason, role, yes }: DecideOptions & { verdict: DecisionVerdict },
): Promise<CommandOutcome> {
  const api = context.api();
  const view = await api.approval(id);
  if (yes !== true) {
    const gates = await readGates(api, view.subject.gateVerdicts);
    approvalLines(view, gates, Date.now()).forEach((line) => context.terminal.note(line));
  }
  const question = `Sign "${verdict}" for ${shortDigest(view.subjectDigest)}?`;
  if (!(await confirm(question, { yes: yes === true, terminal: context.terminal }))) {
    return { code: 'NO', data: { requestId: id, signed: false }, lines: ['not signed'] };
  }
  const decided = await api.decide(id, {
    verdict,
    reason,
    subjectDigest: view.subjectDigest,
    ...(role === undefined ? {} : { role }),
  });
  const signed = `${decided.verdict} signed as ${decided.role} on ${shortDigest(decided.subjectDigest)}`;
  return ok({ ...decided }, [
    `${colours.green('✓')} ${signed} ${colours.dim(`(${decided.decisionId}, key ${decided.keyId})`)}`,
  ]);
}

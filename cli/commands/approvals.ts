import { Command, Option } from 'commander';
import type { ChecklistView } from '../../domain/api/checklist.js';
import { REQUEST_STATES } from '../../domain/kernel/states.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import type { ApiClient } from '../api-client.js';
import { exportApprovalCommand } from '../approvals/export-command.js';
import { verifyApprovalCommand } from '../approvals/verify-command.js';
import { approvalLines } from '../approval-lines.js';
import { action, type CommandContext, type Host } from '../action.js';
import { modelQuestionLines } from '../checklist-lines.js';
import { columns } from '../columns.js';
import { readGates } from '../gate-lines.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { dueInWords } from '../time-words.js';
import { examples } from './example.js';

export const approvalsCommand = (host: Host): Command =>
  new Command('approvals')
    .description('list approval requests, or show one as its signers should see it')
    .argument('[request]', 'the id of a request')
    .addOption(new Option('--state <state>', 'only requests in this state').choices(REQUEST_STATES))
    .addCommand(exportApprovalCommand(host))
    .addCommand(verifyApprovalCommand(host))
    .addHelpText('after', examples('assay approvals --state open', 'assay approvals request-3 --as demo-ruth'))
    .action(
      action<{ state?: string }, [string | undefined]>(host, (context, { state }, id) =>
        id === undefined ? listApprovals(context, state) : showApproval(context, id),
      ),
    );

async function listApprovals(context: CommandContext, state: string | undefined): Promise<CommandOutcome> {
  const { approvals } = await context.api().approvals({ state });
  const now = Date.now();
  const rows = approvals.map((request) => [
    request.id,
    request.name,
    request.state,
    request.runId,
    shortDigest(request.subjectDigest),
    request.state === 'open' ? dueInWords(request.expiresAt, now) : '',
  ]);
  return ok({ approvals }, rows.length === 0 ? ['no approval requests'] : columns(rows));
}

async function showApproval(context: CommandContext, id: string): Promise<CommandOutcome> {
  const api = context.api();
  const approval = await api.approval(id);
  const gates = await readGates(api, approval.subject.gateVerdicts);
  const checklist = await checklistOf(api, approval.runId);
  const lines = approvalLines(approval, gates, Date.now(), checklist === null ? [] : modelQuestionLines(checklist));
  return ok({ approval, gates, checklist }, lines);
}

/** Of the version that the run has made; null where it is not among those that are listed. */
async function checklistOf(api: ApiClient, runId: string): Promise<ChecklistView | null> {
  const { versions } = await api.models();
  const made = versions.find((version) => version.runId === runId);
  return made === undefined ? null : api.checklist(made.id);
}

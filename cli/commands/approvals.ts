import { Command, Option } from 'commander';
import { REQUEST_STATES } from '../../domain/kernel/states.js';
import { shortDigest } from '../../domain/kernel/digest.js';
import { approvalLines } from '../approval-lines.js';
import { action, type CommandContext, type Host } from '../action.js';
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
  const approval = await context.api().approval(id);
  const gates = await readGates(context.api(), approval.subject.gateVerdicts);
  return ok({ approval, gates }, approvalLines(approval, gates, Date.now()));
}

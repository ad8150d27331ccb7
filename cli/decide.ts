import { Command, Option } from 'commander';
import { colours } from './colours.js';
import { shortDigest } from '../domain/kernel/digest.js';
import type { DecisionVerdict } from '../domain/kernel/states.js';
import { action, type CommandContext, type Host } from './action.js';
import { approvalLines } from './approval-lines.js';
import { examples } from './commands/example.js';
import { confirm } from './confirm.js';
import { readGates } from './gate-lines.js';
import { ok, type CommandOutcome } from './outcome.js';

interface DecideOptions {
  reason: string;
  role?: string;
  stage?: string;
  onBehalfOf?: string;
  condition?: string[];
  yes?: boolean;
}

/** The command of one verdict: shows the request, asks whether the viewer means it, and signs exactly that content. */
export function decideCommand(
  host: Host,
  verdict: DecisionVerdict,
  { description, example }: { description: string; example: string },
): Command {
  const command = new Command(verdict)
    .description(`${description}: your signature binds exactly what is shown`)
    .argument('<request>', 'the id of the request')
    .requiredOption('--reason <text>', 'why, in at least ten characters')
    .option('--role <role>', 'the role in which you sign, where you hold several')
    .option('--stage <stage>', 'the stage in which you sign, where several ask for the role')
    .option('--on-behalf-of <person>', 'whom you sign for, where several let you')
    .option('--yes', 'sign without being asked');
  if (verdict === 'approve')
    command.addOption(
      new Option('--condition <text>', 'what the approval is given under; may be repeated').argParser(
        (text: string, before: string[] | undefined) => [...(before ?? []), text],
      ),
    );
  return command
    .addHelpText('after', examples(example))
    .action(
      action<DecideOptions, [string]>(host, (context, options, id) =>
        decideRequest(context, id, { ...options, verdict }),
      ),
    );
}

async function decideRequest(
  context: CommandContext,
  id: string,
  { verdict, reason, role, stage, onBehalfOf, condition, yes }: DecideOptions & { verdict: DecisionVerdict },
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
    ...(role !== undefined && { role }),
    ...(stage !== undefined && { stage }),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(condition !== undefined && { conditions: condition }),
  });
  const signed = `${decided.verdict} signed as ${decided.role} on ${shortDigest(decided.subjectDigest)}`;
  return ok({ ...decided }, [
    `${colours.green('✓')} ${signed} ${colours.dim(`(${decided.decisionId}, key ${decided.keyId})`)}`,
  ]);
}

import { Argument, Command } from 'commander';
import { shortDigest } from '../../domain/kernel/digest.js';
import { DATA_QUESTIONS, type DataQuestion } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { confirm } from '../confirm.js';
import { ok } from '../outcome.js';
import { plainText } from '../plain-text.js';
import { examples } from './example.js';

interface WaiveOptions {
  purpose: string;
  until: string;
  reason: string;
  role?: string;
  yes?: boolean;
}

export const waiveCommand = (host: Host): Command =>
  new Command('waive')
    .description('make an exception for one answer: for one purpose, until a day')
    .argument('<request>', 'the id of the request')
    .addArgument(new Argument('<question>', 'the question that blocks').choices(DATA_QUESTIONS))
    .requiredOption('--purpose <text>', 'what the exception is for')
    .requiredOption('--until <day>', 'the day on which it ends, YYYY-MM-DD (UTC)')
    .requiredOption('--reason <text>', 'why, in at least ten characters')
    .option('--role <role>', 'the role in which you sign')
    .option('--yes', 'sign without being asked')
    .addHelpText(
      'after',
      examples(
        'assay waive request-3 QD3 --purpose demonstration --until 2026-12-31 --reason "shown to nobody outside"',
      ),
    )
    .action(
      action<WaiveOptions, [string, DataQuestion]>(host, async (context, options, id, question) => {
        const { purpose, until, reason, role, yes } = options;
        const view = await context.api().approval(id);
        const answer = view.terms.answers.find((other) => other.question === question);
        if (answer !== undefined)
          context.terminal.note(`${question} is ${answer.verdict}: ${plainText(answer.reason)}`);
        const asked = `Waive ${question} for "${plainText(purpose)}" until ${until}?`;
        if (!(await confirm(asked, { yes: yes === true, terminal: context.terminal }))) {
          return { code: 'NO', data: { requestId: id, signed: false }, lines: ['not waived'] };
        }
        const waived = await context.api().waive(id, {
          question,
          purpose,
          until,
          reason,
          subjectDigest: view.subjectDigest,
          ...(role === undefined ? {} : { role }),
        });
        return ok({ ...waived }, [`${question} waived until ${waived.until} on ${shortDigest(waived.subjectDigest)}`]);
      }),
    );

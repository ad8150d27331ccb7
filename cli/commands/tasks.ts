import { Command, Option } from 'commander';
import type { TaskView } from '../../domain/api/task.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { TASK_KINDS, TASK_STATES } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { columns } from '../columns.js';
import { ok, type CommandOutcome } from '../outcome.js';
import { taskLines, taskRows } from '../task-lines.js';
import { examples } from './example.js';
import { openTaskCommand } from './open-task.js';

export const tasksCommand = (host: Host): Command =>
  new Command('tasks')
    .description('every question that waits for a person: list, show, answer, ask')
    .addCommand(listCommand(host), { isDefault: true })
    .addCommand(showCommand(host))
    .addCommand(answerCommand(host))
    .addCommand(agreementCommand(host))
    .addCommand(openTaskCommand(host))
    .addHelpText(
      'after',
      examples('assay tasks --mine', 'assay tasks answer task-7 spam --reason "asks for a password"'),
    );

interface ListOptions {
  mine?: boolean;
  state?: string;
  kind?: string;
  cursor?: string;
  limit?: number;
}

const listCommand = (host: Host): Command =>
  new Command('list')
    .description('list tasks by due date; → marks what waits for you')
    .option('--mine', 'only what waits for you')
    .addOption(new Option('--state <state>', 'all that wait where it is left out').choices([...TASK_STATES, 'all']))
    .addOption(new Option('--kind <kind>', 'only tasks of this kind').choices(TASK_KINDS))
    .addOption(new Option('--limit <count>', 'so many, at most 200').argParser(Number))
    .option('--cursor <cursor>', 'go on where a list ended')
    .addHelpText('after', examples('assay tasks --mine', 'assay tasks list --state all --kind label'))
    .action(
      action<ListOptions, []>(host, async (context, { mine, state, kind, cursor, limit }) => {
        const { tasks, next } = await context
          .api()
          .tasks({ state, kind, cursor, limit, waitingFor: mine === true ? 'me' : undefined });
        const none = mine === true ? 'nothing waits for you' : 'no tasks';
        const lines = tasks.length === 0 && next === null ? [none] : taskRows(tasks, Date.now());
        if (next !== null) context.terminal.note(`more: assay tasks list --cursor ${next}`);
        return ok({ tasks, next }, lines);
      }),
    );

const showCommand = (host: Host): Command =>
  new Command('show')
    .description('show a task; the exit code is 8 while it waits for somebody else')
    .argument('<task>', 'the id of a task')
    .addHelpText('after', examples('assay tasks show task-7'))
    .action(action<object, [string]>(host, async (context, _options, id) => stands(await context.api().task(id))));

/** A task as it stands: waiting, where it waits for others. */
const stands = (task: TaskView, also: Record<string, unknown> = {}): CommandOutcome => {
  const isWaiting = task.state === 'open' || task.state === 'disputed';
  const code = isWaiting && !task.waitingForYou ? 'WAITING' : 'OK';
  return { code, data: { task, ...also }, lines: taskLines(task, Date.now()) };
};

const answerCommand = (host: Host): Command =>
  new Command('answer')
    .description('sign an answer; the exit code is 8 where others have to answer, too')
    .argument('<task>', 'the id of a task')
    .argument('<answer>', 'one of its choices, or a text where it has none')
    .option('--reason <text>', 'why')
    .addHelpText('after', examples('assay tasks answer task-7 spam --reason "asks for a password"'))
    .action(
      action<{ reason?: string }, [string, string]>(host, async (context, { reason }, id, answer) => {
        const api = context.api();
        requireAnswerable(await api.task(id));
        const signed = await api.answerTask(id, { answer, ...(reason !== undefined && { reason }) });
        context.terminal.note(`signed (${signed.answerId}, key ${signed.keyId})`);
        return stands(await api.task(id), { answered: signed });
      }),
    );

function requireAnswerable({ id, kind, subject, form }: TaskView): void {
  if (kind === 'approval')
    throw new LifecycleError(
      'INVALID_INPUT',
      `${id} is an approval. See "assay approvals ${subject}", then "assay approve ${subject}" or "assay reject ${subject}".`,
    );
  if (kind === 'waiver')
    throw new LifecycleError(
      'INVALID_INPUT',
      `${id} is a waiver. See "assay approvals ${subject}", then "assay waive ${subject} ${form.waives ?? ''}".`,
    );
}

const agreementCommand = (host: Host): Command =>
  new Command('agreement')
    .description('how far two independent answers agree over a batch, beyond chance')
    .argument('<batch>', 'the name of a batch')
    .addHelpText('after', examples('assay tasks agreement week-12'))
    .action(
      action<object, [string]>(host, async (context, _options, batch) => {
        const agreement = await context.api().taskAgreement(batch);
        const { n, tasks, people, observed, kappa, method, meaning } = agreement;
        const name = method === 'cohen' ? "Cohen's kappa" : "Fleiss' kappa";
        const lines = columns([
          ['answered twice', `${n} of ${tasks} tasks, by ${people} people`],
          ['agreement', observed === null ? '–' : `${(observed * 100).toFixed(1)} %`],
          [name, kappa === null ? '–' : kappa.toFixed(3)],
          ['meaning', meaning],
        ]);
        return ok({ agreement }, lines);
      }),
    );

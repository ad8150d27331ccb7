import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { OpenTask } from '../../domain/api/task.js';
import { LifecycleError } from '../../domain/kernel/errors.js';
import { TASK_KINDS } from '../../domain/kernel/states.js';
import { action, type Host } from '../action.js';
import { ok } from '../outcome.js';
import { taskRows } from '../task-lines.js';
import { examples } from './example.js';

interface OpenOptions {
  file?: string;
  kind?: OpenTask['kind'];
  title?: string;
  subject?: string;
  question?: string;
  choices?: string[];
  roles?: string[];
  people?: string[];
  adjudicators?: string[];
  answers?: '1' | '2';
  batch?: string;
  run?: string;
  due?: string;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A request for approval opens its own. */
const KINDS = TASK_KINDS.filter((kind) => kind !== 'approval' && kind !== 'waiver');

export const openTaskCommand = (host: Host): Command =>
  new Command('open')
    .description('put a question before people, or many from a file')
    .option('--file <path>', 'JSON lines, each a task as POST /v1/tasks takes it; leaves out the other options')
    .addOption(new Option('--kind <kind>', 'what kind of question it is').choices(KINDS))
    .option('--title <text>', 'what stands in the inbox')
    .option('--subject <id>', 'the id or digest of what it is about')
    .option('--question <text>', 'what is asked')
    .addOption(new Option('--choices <choices>', 'comma-separated; any text where they are left out').argParser(list))
    .addOption(new Option('--roles <roles>', 'comma-separated: who is asked').argParser(list))
    .addOption(new Option('--people <people>', 'comma-separated: who is asked by name').argParser(list))
    .addOption(new Option('--answers <count>', 'how many independent answers').choices(['1', '2']))
    .addOption(new Option('--adjudicators <roles>', 'comma-separated: who settles two that differ').argParser(list))
    .option('--batch <name>', 'what it is counted with')
    .option('--run <run>', 'the run that it belongs to')
    .option('--due <moment>', 'ISO 8601 with offset; a week from now where it is left out')
    .addHelpText(
      'after',
      examples(
        'assay tasks open --kind label --title "Spam?" --subject request-4711 --question "Spam or ham?" --choices spam,ham --roles author',
        'assay tasks open --file labels.jsonl',
      ),
    )
    .action(
      action<OpenOptions, []>(host, async (context, options) => {
        const asked = options.file === undefined ? [taskOf(options)] : await readTasks(options.file);
        const api = context.api();
        const tasks = [];
        for (const one of asked) tasks.push(await api.openTask(one));
        return ok({ tasks }, taskRows(tasks, Date.now()));
      }),
    );

function taskOf({ kind, title, subject, question, ...options }: OpenOptions): OpenTask {
  if (kind === undefined || title === undefined || subject === undefined || question === undefined)
    throw new LifecycleError('INVALID_INPUT', 'Give --kind, --title, --subject and --question, or a --file.');
  const { choices, adjudicators, roles = [], people = [], answers = '1', batch, run, due } = options;
  return {
    kind,
    title,
    subject,
    form: { question, ...(choices !== undefined && { choices }), ...(adjudicators !== undefined && { adjudicators }) },
    candidates: { roles, people },
    answersNeeded: answers === '2' ? 2 : 1,
    ...(batch !== undefined && { batch }),
    ...(run !== undefined && { runId: run }),
    ...(due !== undefined && { dueAt: due }),
  };
}

/** What each line holds is judged by the api. */
async function readTasks(path: string): Promise<OpenTask[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LifecycleError('INVALID_INPUT', `${path} cannot be read.`, { path }, cause);
  });
  const lines = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        return JSON.parse(line) as OpenTask;
      } catch (cause) {
        throw new LifecycleError(
          'INVALID_INPUT',
          `${path}, line ${number}, is not JSON.`,
          { path, line: number },
          cause,
        );
      }
    });
}

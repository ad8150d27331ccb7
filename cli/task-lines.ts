import { shortDigest, isDigest } from '../domain/kernel/digest.js';
import type { TaskSummary, TaskView } from '../domain/api/task.js';
import { colours } from './colours.js';
import { columns } from './columns.js';
import { plainText } from './plain-text.js';
import { dueInWords } from './time-words.js';

const isWaiting = ({ state }: Pick<TaskSummary, 'state'>): boolean => state === 'open' || state === 'disputed';

/** Tasks as rows: what waits for the viewer is marked. */
export const taskRows = (tasks: readonly TaskSummary[], now: number): string[] =>
  columns(
    tasks.map((task) => [
      task.waitingForYou ? '→' : ' ',
      task.id,
      task.kind,
      task.title,
      task.state,
      isWaiting(task) ? `${task.answersGiven} of ${task.answersNeeded}` : '',
      isWaiting(task) ? dueInWords(task.dueAt, now) : '',
    ]),
  );

/** A task as whoever may answer it should see it. */
export function taskLines(task: TaskView, now: number): string[] {
  const { form, candidates, answers } = task;
  const due = isWaiting(task) ? `  ${dueInWords(task.dueAt, now)}` : '';
  const asked = [...candidates.roles.map((role) => `role ${role}`), ...candidates.people].join(', ');
  const askedNow = candidates.now.map(({ principal }) => principal).join(', ');
  const people = candidates.roles.length === 0 ? '' : `: ${askedNow === '' ? 'nobody at this moment' : askedNow}`;
  return [
    `${colours.bold(task.id)}  ${task.kind}, ${stateInWords(task)}${due}`,
    plainText(task.title),
    ...columns([
      ['asked', form.question],
      ...(form.choices === undefined ? [] : [['choices', form.choices.join(', ')]]),
      ['about', isDigest(task.subject) ? shortDigest(task.subject) : task.subject],
      ['put to', asked + people],
      ...(form.adjudicators === undefined
        ? []
        : [['settled by', form.adjudicators.map((role) => `role ${role}`).join(', ')]]),
      ['answers', isWaiting(task) ? `${task.answersGiven} of ${task.answersNeeded}` : String(task.answersGiven)],
      ...answers.map(({ principal, answer, reason }) => [
        `  ${principal}`,
        reason === '' ? answer : `${answer}: ${reason}`,
      ]),
      ...(task.evidence === null ? [] : [['evidence', shortDigest(task.evidence)]]),
    ]),
    ...task.unverified.map((id) => colours.red(`answer ${plainText(id)} was not signed and does not count`)),
    task.whyNot === null ? colours.bold('it waits for you') : `not for you: ${plainText(task.whyNot)}`,
  ];
}

const stateInWords = ({ state, answer }: TaskView): string =>
  answer === null ? state : `${state}: ${plainText(answer)}`;

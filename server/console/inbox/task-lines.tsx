import { Link } from '@tanstack/react-router';
import type { TaskSummary } from '../api/queries.js';
import { Moment } from '../parts/moment.js';

const KINDS: Record<TaskSummary['kind'], string> = {
  approval: 'approve a release',
  waiver: 'waive a check',
  'fact-check': 'check a fact',
  label: 'give a label',
  budget: 'decide on money',
  triage: 'say what is to be done',
};

/** Tasks as lines: what about, what is asked, until when, and what is missing. */
export function TaskLines({ tasks }: { tasks: readonly TaskSummary[] }) {
  return (
    <table className="lines folding">
      <thead>
        <tr>
          <th scope="col">About</th>
          <th scope="col">Asks to</th>
          <th scope="col">Deadline</th>
          <th scope="col">Missing</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id}>
            <th scope="row">
              <TaskLink task={task} />
              <div className="dim small">
                {task.project}
                {task.runId !== null && `, ${task.runId}`}
              </div>
            </th>
            <td data-label="Asks to">{KINDS[task.kind]}</td>
            <td data-label="Deadline">
              <Moment at={task.dueAt} />
            </td>
            <td data-label="Missing">
              {missingOf(task)}
              {task.whyNot !== null && <div className="dim small">Not for you: {task.whyNot}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Approvals and waivers are decided on the page of their request. */
function TaskLink({ task: { id, kind, subject, title } }: { task: TaskSummary }) {
  if (kind === 'approval' || kind === 'waiver')
    return (
      <Link to="/approvals/$id" params={{ id: subject }}>
        {title}
      </Link>
    );
  return (
    <Link to="/tasks/$id" params={{ id }}>
      {title}
    </Link>
  );
}

function missingOf({ kind, answersGiven, answersNeeded }: TaskSummary): string {
  const missing = Math.max(answersNeeded - answersGiven, 0);
  const what = kind === 'approval' ? 'signature' : 'answer';
  return `${missing} of ${answersNeeded} ${what}${answersNeeded === 1 ? '' : 's'}`;
}

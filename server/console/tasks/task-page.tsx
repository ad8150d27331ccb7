import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { taskQuery, type Task } from '../api/queries.js';
import { HistoryList } from '../parts/history-list.js';
import { InertText } from '../parts/inert-text.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Section } from '../parts/section.js';
import { SignedIn } from '../session/signed-in.js';
import { AnswerForm } from './answer-form.js';

/** A question to people that is no approval: what is asked, and what was answered. */
export function TaskPage({ id }: { id: string }) {
  return <SignedIn>{() => <Loaded id={id} />}</SignedIn>;
}

function Loaded({ id }: { id: string }) {
  const { data, error } = useQuery(taskQuery(id));
  if (error !== null) return <ProblemAlert error={error} title="This task cannot be shown" />;
  if (data === undefined) return <p role="status">Loading…</p>;
  return <Asked task={data} />;
}

function Asked({ task }: { task: Task }) {
  const isOfRequest = task.kind === 'approval' || task.kind === 'waiver';
  return (
    <Page title={task.title} lead={<Lead task={task} />}>
      <Section title="What is asked" id="asked">
        <p>
          <InertText>{task.form.question}</InertText>
        </p>
        <p className="dim">
          About <InertText>{task.subject}</InertText>
        </p>
        {isOfRequest && (
          <p>
            It is decided on the{' '}
            <Link to="/approvals/$id" params={{ id: task.subject }}>
              page of its request
            </Link>
            .
          </p>
        )}
      </Section>
      <Answers task={task} />
      {!isOfRequest && task.waitingForYou && <AnswerForm task={task} />}
      {task.whyNot !== null && <p className="why-not">You cannot answer: {task.whyNot}.</p>}
    </Page>
  );
}

function Lead({ task }: { task: Task }) {
  return (
    <p className="status">
      {task.state}, {task.answersGiven} of {task.answersNeeded} answers, due <Moment at={task.dueAt} />
    </p>
  );
}

function Answers({ task }: { task: Task }) {
  if (task.answers.length === 0) return null;
  return (
    <Section title="Answers" id="answers">
      <HistoryList
        entries={task.answers.map(({ id, at, principal, answer, reason }) => ({
          id,
          at,
          what: (
            <>
              {principal}: <InertText>{answer}</InertText>
            </>
          ),
          reason: reason === '' ? null : reason,
        }))}
      />
      {task.answer !== null && (
        <p>
          Settled as <strong>{task.answer}</strong>.
        </p>
      )}
    </Section>
  );
}

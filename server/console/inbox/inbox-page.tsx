import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { tasksQuery } from '../api/queries.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { SignedIn } from '../session/signed-in.js';
import { TaskLines } from './task-lines.js';

/** What waits for the viewer first, then all that is open; the nearest deadline first. */
export function InboxPage() {
  return (
    <SignedIn>
      {() => (
        <Page title="Inbox">
          <Tasks title="Waiting for you" of="me" none="Nothing waits for you." />
          <Tasks title="All that is open" of="all" none="Nothing waits for anybody." />
        </Page>
      )}
    </SignedIn>
  );
}

function Tasks({ title, of, none }: { title: string; of: 'me' | 'all'; none: string }) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(tasksQuery(of));
  if (error !== null) return <ProblemAlert error={error} title="The inbox cannot be read" />;
  const tasks = data?.pages.flatMap((page) => page.tasks);
  return (
    <Counted title={title} count={tasks === undefined ? '…' : `${tasks.length}${hasNextPage ? '+' : ''}`}>
      {tasks?.length === 0 && <p className="note">{none}</p>}
      {tasks !== undefined && tasks.length > 0 && <TaskLines tasks={tasks} />}
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage} className="more">
          Show more
        </Button>
      )}
    </Counted>
  );
}

function Counted({ title, count, children }: { title: string; count: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{count}</span>
      </h2>
      {children}
    </section>
  );
}

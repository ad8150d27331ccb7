import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { auditQuery, type AuditEntry } from '../api/audit.js';
import { InertText } from '../parts/inert-text.js';
import { absolute } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { SignedIn } from '../session/signed-in.js';
import { VerifySection } from './verify-section.js';

/** What happened, the latest first, and whether the log is what was signed. */
export function AuditPage() {
  return (
    <SignedIn>
      {() => (
        <Page title="Audit log">
          <VerifySection />
          <Entries />
        </Page>
      )}
    </SignedIn>
  );
}

function Entries() {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery);
  const [wanted, setWanted] = useState('');
  if (error !== null) return <ProblemAlert error={error} title="The log cannot be read" />;
  const entries = data?.pages.flatMap((page) => page.entries.toReversed()) ?? [];
  const shown = entries.filter((entry) => isWanted(entry, wanted.trim().toLowerCase()));
  return (
    <section className="card" aria-labelledby="entries">
      <h2 id="entries">
        Entries <span className="count">{shown.length}</span>
      </h2>
      <TextInput
        label="Only those with"
        description="A part of the action, the actor, the subject or the project, among the entries that are shown."
        value={wanted}
        onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        className="filter"
      />
      <Lines entries={shown} />
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage} className="more">
          Show older
        </Button>
      )}
    </section>
  );
}

function isWanted({ event }: AuditEntry, wanted: string): boolean {
  if (wanted === '') return true;
  return (
    event !== null &&
    [event.action, event.actor, event.subject, event.project ?? ''].some((part) => part.toLowerCase().includes(wanted))
  );
}

function Lines({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <table className="lines folding audit">
      <thead>
        <tr>
          <th scope="col" className="number">
            No.
          </th>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ leafIndex, leafHash, event }) => (
          <tr key={leafIndex}>
            <td className="number">{leafIndex}</td>
            {event === null ? (
              <td colSpan={4} className="dim">
                An entry of others, by its hash: <code>{leafHash.slice(0, 16)}</code>
              </td>
            ) : (
              <>
                <td>
                  <time dateTime={event.at}>{absolute(event.at)}</time>
                </td>
                <td>
                  <Details event={event} />
                </td>
                <td data-label="Who">
                  <InertText>{event.actor}</InertText>
                </td>
                <td data-label="About">
                  <InertText>{event.subject}</InertText>
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Details({ event }: { event: NonNullable<AuditEntry['event']> }) {
  if (Object.keys(event.details).length === 0) return <code>{event.action}</code>;
  return (
    <details>
      <summary>
        <code>{event.action}</code>
      </summary>
      <InertText>{JSON.stringify(event.details, null, 2)}</InertText>
    </details>
  );
}

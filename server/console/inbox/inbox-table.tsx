import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { ApprovalSummary } from '../api/queries.js';
import { shortDigest } from '../parts/digest.js';
import { Moment } from '../parts/moment.js';

/** Requests as lines, with how many there are. */
export function InboxTable({ title, requests, none }: { title: string; requests: ApprovalSummary[]; none: string }) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{requests.length}</span>
      </h2>
      {requests.length === 0 ? <p className="note">{none}</p> : <Lines requests={requests} />}
    </section>
  );
}

function Lines({ requests }: { requests: ApprovalSummary[] }) {
  return (
    <table className="lines">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">What is asked</th>
          <th scope="col">Deadline</th>
          <th scope="col">Binds</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <th scope="row">
              <Link to="/approvals/$id" params={{ id: request.id }}>
                {request.name}
              </Link>
            </th>
            <td>approval of a release</td>
            <td>
              <Moment at={request.expiresAt} />
            </td>
            <td>
              <code>{shortDigest(request.subjectDigest)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionsQuery, tokensQuery } from '../api/account.js';
import type { Whoami } from '../api/queries.js';
import { absolute } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Section } from '../parts/section.js';
import { SignedIn } from '../session/signed-in.js';
import { CreateToken } from './create-token.js';
import { EndSession, RevokeToken } from './end-buttons.js';

/** Who the viewer is, where they are signed in, and which tokens speak for them. */
export function AccountPage() {
  return (
    <SignedIn>
      {(viewer) => (
        <Page title="Account">
          <Who viewer={viewer} />
          <Sessions />
          <Tokens />
        </Page>
      )}
    </SignedIn>
  );
}

function Who({ viewer }: { viewer: Whoami }) {
  const { principal, displayName, roles, method, authenticatedAt } = viewer;
  return (
    <Section title={displayName} id="who">
      <dl className="facts">
        <Fact name="Account">{principal}</Fact>
        <Fact name="Signed in by">
          {method}, on {absolute(authenticatedAt)}
        </Fact>
        <Fact name="Roles">
          {roles.length === 0 ? 'none' : roles.map(({ project, role }) => `${role} in ${project}`).join(', ')}
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Sessions() {
  const { data, error } = useQuery(sessionsQuery);
  return (
    <Section title="Sessions" id="sessions" note="A session ends after 30 minutes without use.">
      {error !== null && <ProblemAlert error={error} title="They cannot be read" />}
      <table className="lines folding">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">By</th>
            <th scope="col">Last used</th>
            <th scope="col">Ends at the latest</th>
            <th scope="col">
              <span className="visually-hidden">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data?.sessions.map(({ id, method, isThis, createdAt, lastUsedAt, expiresAt }) => (
            <tr key={id}>
              <th scope="row">
                {absolute(createdAt)}
                {isThis && <span className="dim"> (this one)</span>}
              </th>
              <td data-label="By">{method}</td>
              <td data-label="Last used">{absolute(lastUsedAt)}</td>
              <td data-label="Ends at the latest">{absolute(expiresAt)}</td>
              <td>{!isThis && <EndSession id={id} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Tokens() {
  const { data, error } = useQuery(tokensQuery);
  return (
    <Section title="Tokens" id="tokens" note="A token speaks for you where a program asks. Anybody who has it is you.">
      {error !== null && <ProblemAlert error={error} title="They cannot be read" />}
      {data?.tokens.length === 0 && <p>There are none.</p>}
      {data !== undefined && data.tokens.length > 0 && (
        <table className="lines folding">
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">May</th>
              <th scope="col">Last used</th>
              <th scope="col">Expires</th>
              <th scope="col">
                <span className="visually-hidden">Revoke it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.tokens.map(({ id, label, scopes, lastUsedAt, expiresAt }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td data-label="May">{scopes.join(', ')}</td>
                <td data-label="Last used">{lastUsedAt === null ? 'never' : absolute(lastUsedAt)}</td>
                <td data-label="Expires">{absolute(expiresAt)}</td>
                <td>
                  <RevokeToken id={id} label={label} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <CreateToken />
    </Section>
  );
}

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { openApprovalsQuery, type Whoami } from '../api/queries.js';
import { Page } from '../parts/page.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { SignedIn } from '../session/signed-in.js';
import { InboxTable } from './inbox-table.js';

/** What waits for people, nearest deadline first. */
export function InboxPage() {
  return <SignedIn>{(viewer) => <Inbox viewer={viewer} />}</SignedIn>;
}

function Inbox({ viewer }: { viewer: Whoami }) {
  const projects = [...new Set(viewer.roles.map(({ project }) => project))];
  const [project, setProject] = useState(projects[0]);
  return (
    <Page title="Inbox">
      {projects.length > 1 && (
        <NativeSelect
          label="Project"
          className="project-select"
          data={projects}
          value={project}
          onChange={({ currentTarget }) => setProject(currentTarget.value)}
        />
      )}
      {project === undefined ? <p>You hold no role in any project.</p> : <OpenRequests project={project} />}
    </Page>
  );
}

function OpenRequests({ project }: { project: string }) {
  const { data, error } = useQuery(openApprovalsQuery(project));
  if (error !== null) return <ProblemAlert error={error} title="The inbox cannot be read" />;
  if (data === undefined) return <p role="status">Loading…</p>;
  const waiting = data.approvals.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt));
  return <InboxTable title="All that is open" requests={waiting} none="Nothing waits for anybody." />;
}

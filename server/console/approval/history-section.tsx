import type { Approval } from '../api/queries.js';
import { HistoryList } from '../parts/history-list.js';
import { Section } from '../parts/section.js';

interface Happened {
  id: string;
  at: string;
  what: string;
  reason: string | null;
}

/** What happened to the request, in order. */
export function HistorySection({ approval }: { approval: Approval }) {
  return (
    <Section title="History" id="history">
      <HistoryList entries={historyOf(approval)} />
    </Section>
  );
}

function historyOf({ id, openedAt, terms, decisions, waivers }: Approval): Happened[] {
  const opened = { id, at: openedAt, what: `Opened: ${terms.requester} asked for the release`, reason: null };
  const decided = decisions.map(({ id: decision, at, principal, verdict, role, reason }) => ({
    id: decision,
    at: at ?? openedAt,
    what: `${principal} signed as ${role}: ${verdict}`,
    reason,
  }));
  const waived = waivers.map(({ id: waiver, at, principal, question, role, reason }) => ({
    id: waiver,
    at: at ?? openedAt,
    what: `${principal} waived ${question} as ${role}`,
    reason,
  }));
  return [opened, ...[...decided, ...waived].sort((a, b) => a.at.localeCompare(b.at))];
}

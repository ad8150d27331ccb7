import { useQuery } from '@tanstack/react-query';
import { approvalQuery, comparisonQuery, type Approval, type Whoami } from '../api/queries.js';
import { ChampionSection } from '../comparison/champion-section.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { SignedIn } from '../session/signed-in.js';
import { ApprovalHead } from './approval-head.js';
import { DecideSection } from './decide-section.js';
import { EvidenceSection } from './evidence-section.js';
import { HistorySection } from './history-section.js';
import { SignersSection } from './signers-section.js';
import { VerdictStrip } from './verdict-strip.js';

/** A request as its signers see it: everything that they should know, and the place where they decide. */
export function ApprovalPage({ id }: { id: string }) {
  return <SignedIn>{(viewer) => <Loaded id={id} viewer={viewer} />}</SignedIn>;
}

function Loaded({ id, viewer }: { id: string; viewer: Whoami }) {
  const { data, error } = useQuery(approvalQuery(id));
  if (error !== null) return <ProblemAlert error={error} title="This request cannot be shown" />;
  if (data === undefined) return <p role="status">Loading…</p>;
  return <Request approval={data} viewer={viewer} />;
}

function Request({ approval, viewer }: { approval: Approval; viewer: Whoami }) {
  const { data: comparison, error } = useQuery(comparisonQuery(approval.id));
  return (
    <ApprovalHead approval={approval} comparison={comparison}>
      <div className="request">
        <div className="request-facts">
          {error !== null && <ProblemAlert error={error} title="It cannot be compared with what serves" />}
          <VerdictStrip approval={approval} gates={comparison?.gates ?? []} />
          {comparison !== undefined && <ChampionSection comparison={comparison} />}
          <EvidenceSection approval={approval} />
        </div>
        <div className="request-acts">
          <SignersSection approval={approval} viewer={viewer} />
          <DecideSection approval={approval} />
        </div>
        <HistorySection approval={approval} />
      </div>
    </ApprovalHead>
  );
}

import type { Approval } from '../api/queries.js';
import { Section } from '../parts/section.js';
import { DecideForm } from './decide-form.js';

/** Where the viewer decides; who cannot sign is told why beside the roles. */
export function DecideSection({ approval }: { approval: Approval }) {
  const { maySignAs, said } = approval.viewer;
  if (maySignAs.length === 0 && said.length === 0) return null;
  return (
    <div className="no-print">
      <Section title="Decide" id="decide">
        <DecideForm approval={approval} />
      </Section>
    </div>
  );
}

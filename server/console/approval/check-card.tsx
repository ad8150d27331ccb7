import type { Approval } from '../api/queries.js';
import { InertText } from '../parts/inert-text.js';
import { absolute } from '../parts/moment.js';
import { Verdict } from '../parts/verdict.js';
import type { Check } from './checks.js';
import { GateFacts } from './gate-facts.js';
import { WaiveButton } from './waive-dialog.js';

/** One check: its verdict, and on demand why, and why it matters. */
export function CheckCard({ check, isOpen, approval }: { check: Check; isOpen: boolean; approval: Approval }) {
  const { title, verdict, standing, reason, matters, waiver, gate, question } = check;
  return (
    <details className={`check ${standing}`} open={isOpen}>
      <summary>
        <Verdict is={standing === 'waived' ? 'waived' : verdict} /> <span className="check-title">{title}</span>
      </summary>
      <div className="check-body">
        <p>
          <InertText>{reason}</InertText>
        </p>
        {gate !== null && <GateFacts gate={gate} />}
        {gate !== null && (
          <p>
            <a href="#regressions">The items behind it</a>
          </p>
        )}
        {matters !== '' && (
          <p className="note">
            <strong>Why it matters:</strong> {matters}
          </p>
        )}
        {standing === 'failing' && question !== null && approval.viewer.mayWaive && (
          <WaiveButton approval={approval} question={question} />
        )}
        {waiver !== null && (
          <p>
            Waived by {waiver.principal} ({waiver.role}) until {absolute(waiver.until)}, for{' '}
            <InertText>{waiver.purpose ?? ''}</InertText>: <InertText>{waiver.reason ?? ''}</InertText>
          </p>
        )}
      </div>
    </details>
  );
}

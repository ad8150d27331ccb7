import { InertText } from '../parts/inert-text.js';
import { absolute } from '../parts/moment.js';
import { Verdict } from '../parts/verdict.js';
import type { Check } from './checks.js';

/** One check: its verdict, and on demand why, and why it matters. */
export function CheckCard({ check, isOpen }: { check: Check; isOpen: boolean }) {
  const { title, verdict, standing, reason, matters, waiver } = check;
  return (
    <details className={`check ${standing}`} open={isOpen}>
      <summary>
        <Verdict is={standing === 'waived' ? 'waived' : verdict} /> <span className="check-title">{title}</span>
      </summary>
      <div className="check-body">
        <p>
          <InertText>{reason}</InertText>
        </p>
        {matters !== '' && (
          <p className="note">
            <strong>Why it matters:</strong> {matters}
          </p>
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

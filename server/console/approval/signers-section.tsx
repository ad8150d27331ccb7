import type { Approval, Whoami } from '../api/queries.js';
import { InertText } from '../parts/inert-text.js';
import { absolute } from '../parts/moment.js';
import { Section } from '../parts/section.js';
import { Verdict } from '../parts/verdict.js';

type Decision = Approval['decisions'][number];

/** Each role that the policy asks for: who has signed, who is missing, and why the viewer cannot. */
export function SignersSection({ approval, viewer }: { approval: Approval; viewer: Whoami }) {
  const { stages, fourEyes, distinctPeople } = approval.terms.policy;
  return (
    <Section title="Who must sign" id="signers">
      {stages.map((stage) => (
        <div key={stage.name}>
          {stages.length > 1 && <h3>{stage.name}</h3>}
          <ul className="parts">
            {stage.roles.map(({ role, count }) => (
              <Part key={role} approval={approval} stage={stage.name} role={role} count={count} />
            ))}
          </ul>
        </div>
      ))}
      <p className="note">
        {fourEyes.excludeRequester && 'Whoever requested the run does not sign. '}
        {distinctPeople && 'One person stands for one role only.'}
      </p>
      <ForViewer approval={approval} viewer={viewer} />
    </Section>
  );
}

function Part({ approval, stage, role, count }: { approval: Approval; stage: string; role: string; count: number }) {
  const signed = approval.decisions.filter((one) => one.stage === stage && one.role === role);
  const missing = approval.missing.find((one) => one.stage === stage && one.role === role)?.count ?? 0;
  return (
    <li className="part">
      <div className="part-head">
        <strong>{role}</strong>
        <span className="dim">{count === 1 ? 'one person' : `${count} people`}</span>
        {missing > 0 && <span className="missing">{missing === 1 ? 'missing' : `${missing} missing`}</span>}
      </div>
      {signed.map((decision) => (
        <Signed key={decision.id} decision={decision} />
      ))}
    </li>
  );
}

function Signed({ decision }: { decision: Decision }) {
  const { principal, verdict, at, reason, problem } = decision;
  return (
    <div className="signed">
      <Verdict is={verdict} /> by {principal}
      {at !== null && <span className="dim"> on {absolute(at)}</span>}
      {reason !== null && (
        <blockquote>
          <InertText>{reason}</InertText>
        </blockquote>
      )}
      {problem !== null && <p className="error-text">Does not count: {problem}.</p>}
    </div>
  );
}

function ForViewer({ approval, viewer }: { approval: Approval; viewer: Whoami }) {
  const { maySignAs, whyNot } = approval.viewer;
  if (whyNot !== null)
    return (
      <p className="why-not" role="note">
        <strong>You ({viewer.displayName}) cannot sign:</strong> {whyNot}.
      </p>
    );
  return (
    <p className="why-not may" role="note">
      You ({viewer.displayName}) may sign as {maySignAs.map(({ role }) => role).join(' or ')}.
    </p>
  );
}

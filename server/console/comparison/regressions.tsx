import type { TaskComparison } from '../api/queries.js';
import { shortDigest } from '../parts/digest.js';
import { InertText } from '../parts/inert-text.js';
import { Unknown } from './unknown.js';
import { count } from './words.js';

type Known = Extract<TaskComparison['regressions'], { status: 'known' }>;

/** Items that the champion answered rightly and the candidate wrongly, side by side. */
export function Regressions({ regressions }: { regressions: TaskComparison['regressions'] }) {
  return (
    <>
      <h3 id="regressions">Worst regressions</h3>
      {regressions.status === 'unknown' ? <Unknown reason={regressions.reason} /> : <List regressions={regressions} />}
    </>
  );
}

function List({ regressions: { lost, won, worst } }: { regressions: Known }) {
  return (
    <>
      <p>
        {lost === 0
          ? 'Nothing that the champion answered rightly is answered wrongly now.'
          : `${count(lost)} ${lost === 1 ? 'item was' : 'items were'} answered rightly by the champion and wrongly by the candidate; ${count(won)} the other way round.`}
        {lost > worst.length && ` The ${worst.length} worst:`}
      </p>
      <ol className="regressions">
        {worst.map((one) => (
          <li key={one.item} className="regression">
            <div className="regression-text">
              {one.text === null ? (
                <span className="dim">Its text cannot be read here.</span>
              ) : (
                <InertText>{one.text}</InertText>
              )}
            </div>
            <dl className="answers">
              <Answered name="Expected" said={one.expected} />
              <Answered name="Champion" said={one.champion} tone="good" />
              <Answered name="Candidate" said={one.candidate} tone="bad" />
            </dl>
            <code className="dim">{shortDigest(one.item)}</code>
          </li>
        ))}
      </ol>
      {worst.length > 0 && <p className="note">Addresses and long numbers in these texts are masked.</p>}
    </>
  );
}

function Answered({ name, said, tone = '' }: { name: string; said: string; tone?: string }) {
  return (
    <div className={tone}>
      <dt>{name}</dt>
      <dd>
        <InertText>{said}</InertText>
      </dd>
    </div>
  );
}

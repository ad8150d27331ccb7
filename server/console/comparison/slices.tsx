import type { TaskComparison } from '../api/queries.js';
import { Verdict } from '../parts/verdict.js';
import { Unknown } from './unknown.js';
import { count, number, range, signed } from './words.js';

const STANDING = {
  worse: { word: 'worse', tone: 'bad' },
  better: { word: 'better', tone: 'good' },
  undecided: { word: 'may be chance', tone: 'plain' },
} as const;

/** The kinds of items on which the candidate got worse, and the others. */
export function Slices({ slices }: { slices: TaskComparison['slices'] }) {
  return (
    <>
      <h3>By kind of item</h3>
      <p className="note">
        Items are told apart by the answer that was expected. A model can be better on the whole and worse on one kind.
      </p>
      {slices.status === 'unknown' ? <Unknown reason={slices.reason} /> : <Table slices={slices} />}
    </>
  );
}

function Table({ slices: { slices, more } }: { slices: Extract<TaskComparison['slices'], { status: 'known' }> }) {
  return (
    <>
      <table className="lines folding">
        <thead>
          <tr>
            <th scope="col">Expected answer</th>
            <th scope="col" className="number">
              Items
            </th>
            <th scope="col" className="number">
              Candidate right
            </th>
            <th scope="col" className="number">
              Champion right
            </th>
            <th scope="col">Difference (95 %)</th>
          </tr>
        </thead>
        <tbody>
          {slices.map(({ label, n, candidate, champion, difference, interval, standing }) => (
            <tr key={label}>
              <th scope="row">
                <bdi>{label}</bdi>
              </th>
              <td className="number" data-label="Items">
                {count(n)}
              </td>
              <td className="number" data-label="Candidate right">
                {number(candidate)}
              </td>
              <td className="number" data-label="Champion right">
                {number(champion)}
              </td>
              <td data-label="Difference">
                {signed(difference)} <span className="dim nowrap">({range(interval, signed)})</span>{' '}
                <Verdict is={STANDING[standing].word} tone={STANDING[standing].tone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="note">{count(more)} smaller kinds are not shown.</p>}
    </>
  );
}

import type { Comparison } from '../api/queries.js';
import { shortDigest } from '../parts/digest.js';
import { Unknown } from './unknown.js';
import { count } from './words.js';

type Known = Extract<Comparison['data'], { status: 'known' }>;
type Split = Known['splits'][number];

/** What was learned from and tested on, then and now. */
export function DataChanges({ data }: { data: Comparison['data'] }) {
  return (
    <>
      <h3>Data</h3>
      {data.status === 'unknown' ? <Unknown reason={data.reason} /> : <Table data={data} />}
    </>
  );
}

function Table({ data: { splits, note } }: { data: Known }) {
  return (
    <>
      <table className="lines folding">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Candidate</th>
            <th scope="col">Champion</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {splits.map((split) => (
            <tr key={split.name}>
              <th scope="row">{split.name}</th>
              <td data-label="Candidate">
                <Side side={split.candidate} />
              </td>
              <td data-label="Champion">
                <Side side={split.champion} />
              </td>
              <td data-label="Changed">{changeOf(split)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {note !== null && <Unknown reason={note} />}
    </>
  );
}

function Side({ side }: { side: Split['candidate'] }) {
  if (side === null) return <>none</>;
  const labels = Object.entries(side.labels).map(([label, n]) => `${label} ${count(n)}`);
  return (
    <>
      {count(side.records)} records <span className="dim">({labels.join(', ')})</span>
      <br />
      <code>{shortDigest(side.datasetId)}</code>
    </>
  );
}

function changeOf({ added, removed, candidate, champion }: Split): string {
  if (candidate?.datasetId === champion?.datasetId) return 'the same records';
  if (added === null || removed === null) return 'other records; how many is not known';
  return `${count(added)} added, ${count(removed)} removed`;
}

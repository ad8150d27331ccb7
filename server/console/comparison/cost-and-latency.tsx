import type { Comparison } from '../api/queries.js';
import { count, money } from './words.js';

/** What it costs to make, and how fast it answers, where anybody knows. */
export function CostAndLatency({ comparison: { cost, latency } }: { comparison: Comparison }) {
  return (
    <>
      <h3>Cost and speed</h3>
      <table className="lines folding">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Candidate</th>
            <th scope="col">Champion</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Training, as quoted</th>
            <td data-label="Candidate">{costOf(cost.candidate)}</td>
            <td data-label="Champion">{cost.champion === null ? 'not known' : costOf(cost.champion)}</td>
          </tr>
          <tr>
            <th scope="row">Time to answer, last seven days</th>
            <td data-label="Candidate">{latencyOf(latency.candidate)}</td>
            <td data-label="Champion">{latencyOf(latency.champion)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

const costOf = ({ costMicroUsd, tokens, basis }: Comparison['cost']['candidate']): string =>
  `${money(costMicroUsd)}, ${count(tokens)} tokens (${basis})`;

function latencyOf(latency: Comparison['latency']['candidate']): string {
  if (latency.status === 'unknown') return `not known: ${latency.reason}`;
  const { p50Milliseconds, p95Milliseconds, requests } = latency;
  return `${p50Milliseconds} ms in the middle, ${p95Milliseconds} ms at the slow end (95 %), ${count(requests)} requests`;
}

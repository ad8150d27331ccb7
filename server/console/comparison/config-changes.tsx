import type { Comparison } from '../api/queries.js';
import { InertText } from '../parts/inert-text.js';
import { Unknown } from './unknown.js';

/** Where the plans of both runs differ. */
export function ConfigChanges({ config }: { config: Comparison['config'] }) {
  return (
    <>
      <h3>Settings</h3>
      {config.status === 'unknown' ? <Unknown reason={config.reason} /> : <Table changes={config.changes} />}
    </>
  );
}

function Table({ changes }: { changes: Extract<Comparison['config'], { status: 'known' }>['changes'] }) {
  if (changes.length === 0) return <p>The plans are the same.</p>;
  return (
    <table className="lines folding">
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Champion</th>
          <th scope="col">Candidate</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, champion, candidate }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td data-label="Champion">
              <InertText>{champion ?? 'not set'}</InertText>
            </td>
            <td data-label="Candidate">
              <InertText>{candidate ?? 'not set'}</InertText>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

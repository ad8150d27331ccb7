import type { Comparison } from '../api/queries.js';
import { Section } from '../parts/section.js';
import { ConfigChanges } from './config-changes.js';
import { CostAndLatency } from './cost-and-latency.js';
import { DataChanges } from './data-changes.js';
import { Metrics } from './metrics.js';
import { Regressions } from './regressions.js';
import { Slices } from './slices.js';
import { Unknown } from './unknown.js';

/** The candidate against the version that served when it was evaluated. */
export function ChampionSection({ comparison }: { comparison: Comparison }) {
  const { champion, tasks, data, config } = comparison;
  return (
    <Section title="Against what serves now" id="champion">
      {champion.status === 'known' ? (
        <p>
          Compared with <strong>{champion.versionId}</strong>
          {champion.isLive ? ', which serves now.' : ': another version serves by now, so read this with care.'}
        </p>
      ) : (
        <Unknown reason={champion.reason} />
      )}
      {tasks.map((task) => (
        <div key={task.id}>
          {tasks.length > 1 && <h3>{task.id}</h3>}
          <Metrics task={task} />
          <Slices slices={task.slices} />
          <Regressions regressions={task.regressions} />
        </div>
      ))}
      <DataChanges data={data} />
      <ConfigChanges config={config} />
      <CostAndLatency comparison={comparison} />
    </Section>
  );
}

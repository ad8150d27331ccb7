import type { TaskComparison } from '../api/queries.js';
import { DifferenceBar, IntervalBars } from './interval-bars.js';
import { count, metricWords, number, range, signed } from './words.js';

type Metric = TaskComparison['metrics'][number];

/** Each metric: what it means, both values with their intervals, and the difference. */
export function Metrics({ task }: { task: TaskComparison }) {
  return (
    <div className="metrics">
      {task.metrics.map((metric) => (
        <MetricCard key={metric.metric} metric={metric} />
      ))}
    </div>
  );
}

function MetricCard({ metric }: { metric: Metric }) {
  const { name, means } = metricWords(metric.metric);
  const { candidate, champion, difference, higherIsBetter } = metric;
  const bars = [
    ...(candidate.value === null
      ? []
      : [{ name: 'candidate', tone: 'candidate' as const, value: candidate.value, interval: candidate.interval }]),
    ...(champion === null || champion.value === null
      ? []
      : [{ name: 'champion', tone: 'champion' as const, value: champion.value, interval: champion.interval }]),
  ];
  return (
    <article className="metric">
      <h3>
        {name} <span className="dim">({higherIsBetter ? 'higher is better' : 'lower is better'})</span>
      </h3>
      <p className="note">{means}</p>
      {bars.length > 0 && <IntervalBars bars={bars} />}
      <dl className="values">
        <Value name="Candidate" tone="candidate" value={candidate} />
        {champion !== null && <Value name="Champion" tone="champion" value={champion} />}
      </dl>
      {difference !== null && (
        <div className="difference">
          <p>
            <strong>{signed(difference.value)}</strong> against the champion{' '}
            <span className="dim nowrap">(95 %: {range(difference.interval, signed)})</span>,{' '}
            {inWords(difference, higherIsBetter)}
          </p>
          <DifferenceBar value={difference.value} interval={difference.interval} higherIsBetter={higherIsBetter} />
        </div>
      )}
    </article>
  );
}

function Value({ name, tone, value }: { name: string; tone: string; value: Metric['candidate'] }) {
  return (
    <div>
      <dt>
        <span className={`swatch ${tone}`} aria-hidden="true" /> {name}
      </dt>
      <dd>
        {value.value === null ? `not measured: ${value.reason ?? ''}` : number(value.value)}
        {value.interval !== null && <div className="dim small nowrap">95 %: {range(value.interval)}</div>}
        {value.n !== null && <div className="dim small">{count(value.n)} items</div>}
      </dd>
    </div>
  );
}

function inWords({ interval: [low, high] }: NonNullable<Metric['difference']>, higherIsBetter: boolean): string {
  if (low <= 0 && high >= 0) return 'which may be chance.';
  return low > 0 === higherIsBetter ? 'which is better beyond chance.' : 'which is worse beyond chance.';
}

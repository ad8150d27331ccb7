import { number, range, signed } from './words.js';

const WIDTH = 320;
const ROW = 26;
const INSET = 10;

interface Bar {
  name: string;
  tone: 'candidate' | 'champion';
  value: number;
  interval: readonly [number, number] | null;
}

/** Values with their intervals under each other on one axis: what overlaps cannot be told apart. */
export function IntervalBars({ bars, limit }: { bars: readonly Bar[]; limit?: number | undefined }) {
  const ends = bars.flatMap(({ value, interval }) => [value, ...(interval ?? [])]);
  const all = limit === undefined ? ends : [...ends, limit];
  const place = scaleOver(Math.min(...all), Math.max(...all));
  const height = bars.length * ROW + 6;
  const words = bars.map(
    ({ name, value, interval }) => `${name} ${number(value)}${interval === null ? '' : `, ${range(interval)}`}`,
  );
  const limitWords = limit === undefined ? '' : `; at least ${number(limit)} is wanted`;
  return (
    <svg className="bars" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={words.join('; ') + limitWords}>
      <line className="axis" x1={INSET} x2={WIDTH - INSET} y1={height - 3} y2={height - 3} />
      {limit !== undefined && <line className="limit" x1={place(limit)} x2={place(limit)} y1={0} y2={height} />}
      {bars.map(({ name, tone, value, interval }, index) => (
        <Whisker
          key={name}
          tone={tone}
          at={place(value)}
          ends={interval?.map(place) ?? null}
          y={index * ROW + ROW / 2}
        />
      ))}
    </svg>
  );
}

/** A difference with its interval around nothing: left of the line is worse, right of it better. */
export function DifferenceBar({ value, interval, higherIsBetter }: DifferenceBarOptions) {
  const reach = Math.max(Math.abs(interval[0]), Math.abs(interval[1]), Math.abs(value), 0.01);
  const place = scaleOver(-reach, reach);
  const [worseFrom, worseTo] = higherIsBetter ? [INSET, WIDTH / 2] : [WIDTH / 2, WIDTH - INSET];
  const label = `Difference ${signed(value)}, ${range(interval, signed)}`;
  return (
    <svg className="bars" viewBox={`0 0 ${WIDTH} ${ROW}`} role="img" aria-label={label}>
      <rect className="worse-side" x={worseFrom} width={worseTo - worseFrom} y={0} height={ROW} />
      <line className="zero" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={ROW} />
      <Whisker tone="candidate" at={place(value)} ends={interval.map(place)} y={ROW / 2} />
    </svg>
  );
}

interface DifferenceBarOptions {
  value: number;
  interval: readonly [number, number];
  higherIsBetter: boolean;
}

function Whisker({ tone, at, ends, y }: { tone: string; at: number; ends: number[] | null; y: number }) {
  const [low = at, high = at] = ends ?? [];
  return (
    <g className={`whisker ${tone}`}>
      <line x1={low} x2={high} y1={y} y2={y} />
      <line x1={low} x2={low} y1={y - 5} y2={y + 5} />
      <line x1={high} x2={high} y1={y - 5} y2={y + 5} />
      <circle cx={at} cy={y} r={5} />
    </g>
  );
}

/** Where a value stands between the insets; equal ends stand in the middle. */
const scaleOver =
  (low: number, high: number) =>
  (value: number): number =>
    high === low ? WIDTH / 2 : INSET + ((value - low) / (high - low)) * (WIDTH - 2 * INSET);

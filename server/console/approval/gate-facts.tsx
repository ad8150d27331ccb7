import { number, range, signed } from '../comparison/words.js';
import type { Gate } from './checks.js';

/** What a gate was judged on: value, limit, champion, difference, interval, and how many items. */
export function GateFacts({ gate }: { gate: Gate }) {
  const { candidate, champion, difference, interval, limit, confidence, n, kind, neededItems } = gate;
  const isAbsolute = kind === 'at-least';
  return (
    <dl className="gate-facts">
      <Fact name="Value" is={candidate === null ? 'not measured' : number(candidate)} />
      <Fact name={isAbsolute ? 'At least' : 'Worse by at most'} is={number(Math.abs(limit))} />
      <Fact name="Champion" is={champion === null ? 'none' : number(champion)} />
      <Fact
        name="Difference"
        is={difference === null ? 'none' : `${signed(difference.value)} (${range(difference.interval, signed)})`}
      />
      <Fact
        name={`Between, at ${Math.round(confidence * 100)} % each way`}
        is={interval === null ? 'not measured' : range(interval, isAbsolute ? number : signed)}
      />
      <Fact name="Items" is={neededItems === null ? String(n) : `${n} (${neededItems} would decide it)`} />
    </dl>
  );
}

function Fact({ name, is }: { name: string; is: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{is}</dd>
    </div>
  );
}

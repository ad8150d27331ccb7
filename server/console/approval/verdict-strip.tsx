import type { Approval } from '../api/queries.js';
import { Section } from '../parts/section.js';
import { checksOf, type Check, type Gate } from './checks.js';
import { CheckCard } from './check-card.js';

/** How many checks pass, fail and are waived; then each, the failing ones first and open. */
export function VerdictStrip({ approval, gates }: { approval: Approval; gates: readonly Gate[] }) {
  const checks = checksOf(approval, gates);
  const of = (...kinds: Check['standing'][]): Check[] => checks.filter(({ standing }) => kinds.includes(standing));
  const failing = of('failing');
  const others = of('waived', 'warned', 'passing');
  return (
    <Section title="Checks" id="checks">
      <p className="strip">
        <Count n={of('passing', 'warned').length} word="pass" tone="good" />
        <Count
          n={failing.length}
          word={failing.length === 1 ? 'fails' : 'fail'}
          tone={failing.length > 0 ? 'bad' : 'plain'}
        />
        <Count n={of('waived').length} word="waived" tone={of('waived').length > 0 ? 'warn' : 'plain'} />
      </p>
      {failing.map((check) => (
        <CheckCard key={check.id} check={check} approval={approval} isOpen />
      ))}
      {others.map((check) => (
        <CheckCard key={check.id} check={check} approval={approval} isOpen={false} />
      ))}
    </Section>
  );
}

function Count({ n, word, tone }: { n: number; word: string; tone: string }) {
  return (
    <span className={`strip-count ${tone}`}>
      <strong>{n}</strong> {word}
    </span>
  );
}
